"""English proverbs that language courses teach, as plain sentences (all of unknown authors and long in common use)."""

from __future__ import annotations

PROVERBS: tuple[str, ...] = tuple(
    line.strip()
    for line in """
    A bad beginning makes a bad ending
    A bad workman always blames his tools
    A bird in the hand is worth two in the bush
    A burnt child dreads the fire
    A cat may look at a king
    A chain is no stronger than its weakest link
    A constant guest is never welcome
    A danger foreseen is half avoided
    A drop in the bucket
    A drowning man will clutch at a straw
    A faithful friend is hard to find
    A fall into the pit, a gain in your wit
    A fool and his money are soon parted
    A friend in need is a friend indeed
    A friend is easier lost than found
    A good beginning is half done
    A good book is a good friend
    A good conscience is a soft pillow
    A good example is the best sermon
    A good fame is better than a good face
    A good medicine tastes bitter
    A good name is better than riches
    A great ship asks deep waters
    A guilty conscience needs no accuser
    A hedge between keeps friendship green
    A house divided against itself cannot stand
    A journey of a thousand miles begins with a single step
    A leopard cannot change its spots
    A liar is not believed when he speaks the truth
    A light heart lives long
    A little knowledge is a dangerous thing
    A little pot is soon hot
    A man is known by the company he keeps
    A merry heart goes all the way
    A miss is as good as a mile
    A new broom sweeps clean
    A penny saved is a penny earned
    A rolling stone gathers no moss
    A small leak will sink a great ship
    A sound mind in a sound body
    A still tongue makes a wise head
    A stitch in time saves nine
    A watched pot never boils
    A word spoken is past recalling
    A young idler, an old beggar
    Absence makes the heart grow fonder
    Actions speak louder than words
    Adversity leads to prosperity
    After a storm comes a calm
    All good things come to an end
    All is fair in love and war
    All is not gold that glitters
    All roads lead to Rome
    All that ends well is well
    All work and no play makes Jack a dull boy
    An apple a day keeps the doctor away
    An eye for an eye and a tooth for a tooth
    An hour in the morning is worth two in the evening
    An idle youth, a needy age
    An ounce of prevention is worth a pound of cure
    As a man sows, so he shall reap
    As you make your bed so you must lie on it
    Bad news has wings
    Barking dogs seldom bite
    Beauty is in the eye of the beholder
    Beauty is only skin deep
    Beggars cannot be choosers
    Best is cheapest
    Better an open enemy than a false friend
    Better be alone than in bad company
    Better late than never
    Better one-eyed than stone-blind
    Better to ask the way than go astray
    Between two stools one falls to the ground
    Birds of a feather flock together
    Blood is thicker than water
    Business is business
    By reading we enrich the mind
    Care killed the cat
    Charity begins at home
    Clothes make the man
    Constant dripping wears away a stone
    Content is better than riches
    Count one's chickens before they are hatched
    Courtesy costs nothing
    Creep before you walk
    Cry for the moon
    Custom makes all things easy
    Cut your coat according to your cloth
    Deeds not words
    Diamond cut diamond
    Do as the Romans do
    Do not teach fish to swim
    Do not put all your eggs in one basket
    Do well and have well
    Doing is better than saying
    Dog does not eat dog
    Dripping water wears away the stone
    Early to bed and early to rise makes a man healthy, wealthy and wise
    Easier said than done
    Easy come, easy go
    Eat to live, but not live to eat
    Empty vessels make the greatest sound
    Every advantage has its disadvantage
    Every bean has its black
    Every cloud has a silver lining
    Every day is not Sunday
    Every dog has his day
    Every little helps
    Every man has his faults
    Every man has his hobby-horse
    Every potter praises his pot
    Everybody's business is nobody's business
    Everything comes to him who waits
    Example is better than precept
    Experience is the best teacher
    Experience is the mother of wisdom
    Facts speak louder than words
    Failure is the mother of success
    Faith can move mountains
    False friends are worse than open enemies
    Familiarity breeds contempt
    Feed by measure and defy the physician
    Fine feathers do not make fine birds
    Fine words butter no parsnips
    Fire and water are good servants but bad masters
    First come, first served
    First impressions are half the battle
    First think and then speak
    Fools grow without watering
    Fool's haste is no speed
    Fools rush in where angels fear to tread
    Forbidden fruit is sweet
    Fortune favours those who use their judgement
    Four eyes see more than two
    Friends are thieves of time
    Give a dog a bad name and hang him
    God helps those who help themselves
    Good health is over wealth
    Good wine needs no bush
    Great minds think alike
    Great oaks from little acorns grow
    Great trees are good for nothing but shade
    Half a loaf is better than no bread
    Handsome is that handsome does
    Harm set, harm get
    Haste makes waste
    He is a wise man who speaks little
    He is not fit to command others that cannot command himself
    He is rich enough that wants nothing
    He knows most who speaks least
    He laughs best who laughs last
    He that climbs high falls heavily
    He that travels far knows much
    He who hesitates is lost
    Honesty is the best policy
    Hope for the best, but prepare for the worst
    Hunger is the best sauce
    Idle folks lack no excuses
    If you run after two hares, you will catch neither
    If you venture nothing, you will have nothing
    In for a penny, in for a pound
    It is better to be safe than sorry
    It is better to die when life is a disgrace
    It is easier to get money than to keep it
    It is easy to be wise after the event
    It is hard to please all
    It is never too late to learn
    It is never too late to mend
    It is no use crying over spilt milk
    It is the first step that costs
    It never rains but it pours
    It takes all sorts to make a world
    It takes two to make a quarrel
    Jack of all trades and master of none
    Judge not from appearances
    Justice has long arms
    Kill two birds with one stone
    Knowledge is power
    Knowledge makes humble, ignorance makes proud
    Learn to walk before you run
    Learning makes a good man better and an ill man worse
    Least said, soonest mended
    Let bygones be bygones
    Let sleeping dogs lie
    Lies have short legs
    Life is but a span
    Life is not all roses
    Like father, like son
    Look before you leap
    Lookers-on see more than players
    Losers are always in the wrong
    Love is blind
    Love me, love my dog
    Make hay while the sun shines
    Man proposes, God disposes
    Many hands make light work
    Many heads are better than one
    Measure for measure
    Misfortunes never come singly
    Money is a good servant but a bad master
    Money is the root of all evil
    More haste, less speed
    Necessity is the mother of invention
    Never put off till tomorrow what may be done today
    Never say die
    No cross, no crown
    No garden without its weeds
    No man is born wise
    No man is wise at all times
    No news is good news
    No pain, no gain
    No rose without a thorn
    No smoke without fire
    No sweet without some sweat
    Nothing brave, nothing have
    Nothing is impossible to a willing heart
    Nothing seek, nothing find
    Nothing ventured, nothing gained
    Old friends and old wines are best
    Once bitten, twice shy
    One false move may lose the game
    One good turn deserves another
    One man's meat is another man's poison
    One swallow does not make a summer
    Opportunity seldom knocks twice
    Out of sight, out of mind
    Patience is the best remedy
    Penny wise, pound foolish
    Practice makes perfect
    Pride goes before a fall
    Reading makes a full man
    Rome was not built in a day
    Seeing is believing
    Slow and steady wins the race
    Speech is silver, silence is golden
    Still waters run deep
    Strike while the iron is hot
    The apple does not fall far from the tree
    The early bird catches the worm
    The grass is always greener on the other side of the fence
    The more haste, the less speed
    The pot calls the kettle black
    The proof of the pudding is in the eating
    There is no place like home
    There is no royal road to learning
    There is no smoke without fire
    Time and tide wait for no man
    Time flies like an arrow
    Time is money
    Too many cooks spoil the broth
    Truth is stranger than fiction
    Two heads are better than one
    Unity is strength
    Well begun is half done
    What is done cannot be undone
    When in Rome, do as the Romans do
    Where there is a will, there is a way
    While there is life there is hope
    Who knows most says least
    Wisdom is better than gold
    You cannot judge a book by its cover
    You cannot make an omelette without breaking eggs
    You cannot teach an old dog new tricks
    You never know what you can do till you try
    Zeal without knowledge is a runaway horse
    """.splitlines()
    if line.strip()
)
