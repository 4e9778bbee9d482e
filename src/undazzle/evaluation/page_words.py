"""What the evaluation page says whatever the figures are."""

from __future__ import annotations

HEAD = """
# How well detection works

This page is written by `undazzle bench detection` from its results, which stand beside it as
[numbers](evaluation/results.json). It says what the calibrated method finds, what it misses and whom it names in
error, beside the methods that others published.
"""

ABOUT = """
{kind}{real}{code}Made with {versions}, in {seconds:.0f} CPU-seconds ({spent}). To make it anew:

```
undazzle bench detection --data DIR -o docs
```

`DIR` holds the real data sets, which are no part of this project; without it only what is synthetic is measured. The
results hold numbers, and no post, link or account.
"""

GRAFTS = """
## Real cells in real crowds

The question of an investigator is who in a crowd works together. To know the answer beforehand, cells of a real
operation are planted in a real stream of shares. The cells are groups of accounts of the Internet Research Agency
that posted the same texts within a minute during three months. What they did in the weeks *after* is replayed: who
acted, when, and together with whom stay real. Only the items are swapped for links that were popular in the stream at
that hour, because their own would give them away: nobody else shares them, and they belong to another year. The dose
is the most shares that a planted account may have.

The streams (carriers) are the two example sets of CooRTweet. In the settings of known truth the accounts of each
carrier are dealt anew among the shares of each item: everybody keeps their interests, every item its popularity, and
whoever still seems to act together does so by chance.

The *reachable ceiling* is what someone could tell who knows the cells and tests each account beside its own cell on
all items (exact test, p < 0.01 over four windows). No method that has to find the cells first can be asked for more.
"""

CLOSED = """
## Cells with content of their own

The same cells with the texts that they really posted. Nobody else shares these, so timing within an item says
nothing, and the calibrated method can only ask whether the choice of items is surprising. Most of these settings are
easy in kind, since what nobody else shares is easily found; they are in no headline. Reachable are here the accounts
that share three items or more with two others of their cell.

Shuffling labels within items leaves everybody's choice of items as it was. So the others that are named here are no
errors of that test: groups of pages whose items nobody else shares, in the carrier as it is and shuffled alike.
"""

CONTROLS = """
## Ordinary people

Two samples of posts in which nobody planted anything. That the people in them are ordinary is an assumption: among
them are newsrooms, and perhaps operations that nobody has found. Both samples are short, hours to days. *Testable*
are the accounts that share enough things with enough others, on either half, to be found and confirmed; all others
could not have been named whatever they did, and say nothing about false positives. The bound is the largest rate among
the testable that such a count leaves possible (Clopper and Pearson, 95 %, one-sided). A zero here says little about
long collections.
"""

LOOK_ALIKES = """
## Innocent groups that look alike

Synthetic groups of which each resembles coordination for an innocent reason. *Headlined* accounts are named without
an innocent explanation beside them; *named and explained* ones are shown as explained. The other columns count the
accounts that each published method lists.
"""

POWER = """
## How to get past it

A planted network may spread its posts over time, paraphrase, hide among ordinary sharers, do less, or use each
account only for a while. What remains of it is drawn for each of these, everything else being equal. Rotation makes
more accounts out of the same network, and each leaves fewer traces.
"""

LIMITS = """
## What this does not show

- The planted cells come from one operation of one state, a decade ago, on one platform. Others may work otherwise.
- Swapping items keeps timing and company, and takes away everything else by which an investigator would know them.
- A cell is found by posting within a minute in the months before: slow operations never become cells here.
- Times of the operation are given to the minute. Each planted post gets a second of its own, which makes the
  narrowest window a little harder than it was.
- A large operation makes others look close. Its posts on an item come at other hours than the ordinary ones, and
  beside all posts taken together the ordinary ones then seem to huddle. Where a whole family of pages fills an item,
  one planted post was enough (13 of 96 named in error on german, dose 120); such items no longer count. Four times as
  large an operation, at three times the dose, still had 28 of 164 named in error, in an experiment that is no part of
  this benchmark.
- How groups are looked for was changed after looking at seeds 0 to 2 of these carriers: both are development data.
  Seeds 10 to 14, not looked at before, gave the same: nobody false, recall of the reachable at doses 40 and 120 of
  74 and 78 % (german), 76 and 82 % (russian), measured with the search alone.
- Label-shuffled carriers satisfy the assumption of the timing test by construction. What breaks that assumption,
  contagion above all, is measured with the look-alikes only, and these are synthetic.
- Baselines were written anew and run on one kind of trace. Their authors might tune them to this data; nobody who
  looks for an unknown operation can.
"""
