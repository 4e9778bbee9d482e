"""What is known of web addresses: tracking parameters, shorteners, big platforms, redirecting pages.

Plain data, so that a reviewer can read it in one go. Nothing here is ever fetched.
"""

from __future__ import annotations

# Parameters that say how a reader came to a page, never which page it is.
TRACKING_PREFIXES: tuple[str, ...] = (
    "utm_",
    "at_custom",
    "at_recipient",
    "fb_action_",
    "hsa_",
    "mtm_",
    "pk_",
    "piwik_",
    "vero_",
)
_TRACKING_PARAMETERS = """
fbclid fb_source fb_ref mibextid gclid gclsrc dclid gbraid wbraid srsltid msclkid twclid ttclid yclid ysclid
li_fat_id igshid igsh epik scid rdt_cid mc_cid mc_eid mkt_tok ml_subscriber ml_subscriber_hash _hsenc _hsmi
hsctatracking __hstc __hssc __hsfp _ga _gl _ke oly_anon_id oly_enc_id wickedid ref_src ref_url s_cid s_kwcid
cmpid ncid smid smtyp soc_src soc_trk sr_share xtor wt_mc wt.mc_id at_medium at_campaign at_link_id
at_link_type at_link_origin at_format at_ptr_name at_bbc_team guccounter guce_referrer guce_referrer_sig
_branch_match_id _branch_referrer __twitter_impression _openstat trk_contact trk_msg trk_module trk_sid
"""
TRACKING_PARAMETERS: frozenset[str] = frozenset(_TRACKING_PARAMETERS.split())

# Parameters that only one site uses for tracking; elsewhere they may name the page.
SITE_TRACKING: dict[str, frozenset[str]] = {
    "x.com": frozenset({"s", "t", "cn", "refsrc", "lang"}),
    "youtube.com": frozenset({"feature", "si", "pp", "ab_channel", "app"}),
    "instagram.com": frozenset({"hl"}),
    "facebook.com": frozenset({"__tn__", "__xts__", "__cft__", "sfnsn", "rdid", "share_url", "refid", "_rdr", "extid"}),
    "tiktok.com": frozenset(
        {"is_from_webapp", "sender_device", "sender_web_id", "web_id", "_r", "_t", "is_copy_url", "u_code"}
    ),
    "reddit.com": frozenset({"share_id", "ref", "ref_source"}),
    "open.spotify.com": frozenset({"si", "nd"}),
}

# Names of one and the same site.
SAME_HOST: dict[str, str] = {
    "twitter.com": "x.com",
    "nitter.net": "x.com",
    "fxtwitter.com": "x.com",
    "vxtwitter.com": "x.com",
    "fixupx.com": "x.com",
    "fb.com": "facebook.com",
    "telegram.me": "t.me",
    "telegram.dog": "t.me",
    "instagr.am": "instagram.com",
    "youtube-nocookie.com": "youtube.com",
}

# Mobile names that show the same page as the plain one. Elsewhere "m." may be another site, so it stays.
MOBILE_PREFIXES: dict[str, tuple[str, ...]] = {
    "x.com": ("m", "mobile"),
    "facebook.com": ("m", "mobile", "mbasic", "touch", "web"),
    "youtube.com": ("m",),
    "instagram.com": ("m",),
    "vk.com": ("m",),
    "ok.ru": ("m",),
    "tiktok.com": ("m",),
    "reddit.com": ("m", "old", "new", "np"),
    "weibo.com": ("m",),
}

# Pages that only pass on to the address in one of their parameters: host and path -> parameters.
REDIRECTING_PAGES: dict[tuple[str, str], tuple[str, ...]] = {
    ("l.facebook.com", "/l.php"): ("u",),
    ("lm.facebook.com", "/l.php"): ("u",),
    ("l.instagram.com", ""): ("u",),
    ("google.com", "/url"): ("url", "q"),
    ("youtube.com", "/redirect"): ("q",),
    ("out.reddit.com", ""): ("url",),
    ("vk.com", "/away.php"): ("to",),
    ("t.umblr.com", "/redirect"): ("z",),
    ("steamcommunity.com", "/linkfilter"): ("url",),
}

# Short links hide their target. They are kept as they are, never resolved (that would be a request), and two
# short links of one page stay two items: t.co even makes a new one for every post.
_SHORTENERS = """
t.co bit.ly bitly.com j.mp goo.gl ow.ly buff.ly dlvr.it ift.tt tinyurl.com is.gd v.gd fb.me trib.al wp.me
lnkd.in tmblr.co cutt.ly rebrand.ly rb.gy shorturl.at t.ly s.id clck.ru vk.cc u.to qps.ru amzn.to nyti.ms
wapo.st cnn.it bbc.in reut.rs apne.ws nbcnews.to cbsn.ws fxn.ws hill.cm politi.co bloom.bg econ.st ti.me
on.ft.com on.wsj.com gu.com tcrn.ch huff.to nydn.us abcn.ws washex.am usat.ly read.bi shar.es po.st ln.is
crwd.fr snip.ly zpr.io flip.it feedproxy.google.com su.pr tiny.cc soo.gd x.gd urlz.fr bl.ink short.io dub.sh
a.co vm.tiktok.com vt.tiktok.com pin.it redd.it spoti.fi url.cn dwz.cn
"""
SHORTENERS: frozenset[str] = frozenset(_SHORTENERS.split())

# Big platforms: that two accounts link to one of them says nothing.
_PLATFORM_SITES = """
x.com twitter.com facebook.com fb.watch instagram.com threads.net threads.com youtube.com youtu.be tiktok.com
t.me telegram.org vk.com ok.ru weibo.com weibo.cn reddit.com redd.it linkedin.com pinterest.com tumblr.com
whatsapp.com wa.me bsky.app mastodon.social snapchat.com twitch.tv discord.com discord.gg google.com apple.com
amazon.com spotify.com wikipedia.org
"""
PLATFORM_SITES: frozenset[str] = frozenset(_PLATFORM_SITES.split())

# Under these endings anybody can open a site: the label before them names the site.
_SHARED_ENDINGS = """
blogspot.com wordpress.com substack.com medium.com tumblr.com github.io gitlab.io netlify.app vercel.app
pages.dev web.app firebaseapp.com herokuapp.com weebly.com wixsite.com livejournal.com typepad.com
over-blog.com ucoz.ru narod.ru blogspot.de blogspot.co.uk altervista.org sites.google.com neocities.org
bandcamp.com myshopify.com beehiiv.com ghost.io
"""
SHARED_ENDINGS: frozenset[str] = frozenset(_SHARED_ENDINGS.split())
# Second-level labels that are endings in most countries that use them: example.co.uk, example.com.br.
_COUNTRY_SECOND_LEVELS = """
ac co com edu gob gouv gov go gen gr info mil ne net nom nic or org sch
"""
COUNTRY_SECOND_LEVELS: frozenset[str] = frozenset(_COUNTRY_SECOND_LEVELS.split())
