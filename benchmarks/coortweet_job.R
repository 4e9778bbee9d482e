# The R package CooRTweet at work: from a table of shares to the weighted network, written as a CSV of its edges.
# Rscript coortweet_job.R SHARES.csv WINDOW MIN_PARTICIPATION EDGES.csv
arguments <- commandArgs(TRUE)
data.table::setDTthreads(2)
shares <- data.table::fread(
  arguments[1],
  colClasses = list(character = c("object_id", "account_id", "content_id")), encoding = "UTF-8"
)
met <- CooRTweet::detect_groups(
  shares,
  time_window = as.numeric(arguments[2]), min_participation = as.numeric(arguments[3])
)
network <- CooRTweet::generate_coordinated_network(met)
data.table::fwrite(igraph::as_data_frame(network)[, c("from", "to", "weight")], arguments[4])
