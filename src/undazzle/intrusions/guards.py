"""Indicators that would point at half the internet are set aside before anything is searched, each with a reason."""

from __future__ import annotations

import ipaddress

from undazzle.intrusions.indicator import Indicator
from undazzle.intrusions.kinds import IndicatorKind
from undazzle.intrusions.web_addresses import PLATFORMS, above

# Names under which many unrelated people publish: a name below one can be an indicator, the name itself cannot.
SHARED_HOSTS = set(
    "blogspot.com wordpress.com github.io gitlab.io substack.com wixsite.com weebly.com netlify.app vercel.app "
    "pages.dev workers.dev web.app firebaseapp.com herokuapp.com cloudfront.net amazonaws.com azurewebsites.net "
    "windows.net googleusercontent.com appspot.com googleapis.com livejournal.com telegra.ph pastebin.com "
    "archive.org duckdns.org no-ip.org ddns.net ngrok.io ngrok-free.app trycloudflare.com onrender.com fly.dev "
    "glitch.me repl.co surge.sh typepad.com over-blog.com jimdo.com jimdofree.com webnode.com strikingly.com "
    "carrd.co linktr.ee notion.site sites.google.com drive.google.com docs.google.com dropbox.com mediafire.com "
    "mega.nz wetransfer.com github.com gitlab.com bitbucket.org imgur.com flickr.com giphy.com sharepoint.com "
    "akamaihd.net akamaized.net fastly.net cloudflare.com b-cdn.net myshopify.com squarespace.com blogger.com "
    "avaaz.org change.org eu.org us.to".split()
)
SHORT_LINKS = set(
    "bit.ly t.co tinyurl.com goo.gl ow.ly is.gd v.gd buff.ly cutt.ly rebrand.ly shorturl.at rb.gy t.ly lnkd.in "
    "trib.al dlvr.it youtu.be amzn.to fb.me wp.me clck.ru vk.cc u.to soo.gd bl.ink tiny.cc adf.ly ift.tt".split()
)
# Sites everybody links to. A selection; how many in the data at hand match is looked at as well.
TOP_SITES = set(
    "google.com youtube.com facebook.com instagram.com x.com twitter.com wikipedia.org reddit.com amazon.com "
    "yahoo.com bing.com microsoft.com live.com office.com apple.com icloud.com netflix.com linkedin.com "
    "whatsapp.com tiktok.com pinterest.com ebay.com yandex.ru yandex.com mail.ru baidu.com qq.com weibo.com "
    "bilibili.com duckduckgo.com nytimes.com washingtonpost.com wsj.com cnn.com foxnews.com nbcnews.com cbsnews.com "
    "abcnews.go.com npr.org pbs.org apnews.com reuters.com bloomberg.com bbc.com bbc.co.uk theguardian.com "
    "telegraph.co.uk dailymail.co.uk independent.co.uk ft.com economist.com politico.com thehill.com axios.com "
    "usatoday.com latimes.com time.com forbes.com newsweek.com spiegel.de welt.de bild.de faz.net sueddeutsche.de "
    "zeit.de lemonde.fr lefigaro.fr liberation.fr elpais.com elmundo.es corriere.it repubblica.it aljazeera.com "
    "france24.com dw.com euronews.com cnbc.com msn.com whitehouse.gov congress.gov state.gov cdc.gov nih.gov "
    "europa.eu un.org who.int nato.int medium.com tumblr.com vimeo.com spotify.com twitch.tv discord.com "
    "telegram.org t.me paypal.com adobe.com mozilla.org imdb.com".split()
)
# Endings under which names are registered. A selection, and no rule of thumb: operations register names that look
# like endings, such as a copy of a government's.
ENDINGS = set(
    "co.uk org.uk gov.uk ac.uk me.uk ltd.uk com.au net.au org.au gov.au edu.au co.nz org.nz com.br org.br gov.br "
    "co.jp ne.jp or.jp ac.jp go.jp com.cn net.cn org.cn gov.cn edu.cn com.tw org.tw com.hk org.hk com.tr gov.tr "
    "org.tr com.ua gov.ua co.in gov.in co.il org.il gov.il com.mx gob.mx co.za org.za com.ar gob.ar com.sg co.kr "
    "or.kr go.kr com.my com.ph com.vn com.pk com.bd com.ng co.ke com.eg com.sa co.th go.th co.id go.id com.pl "
    "org.pl gov.pl gouv.fr com.es gob.es gov.it edu.it co.at or.at gv.at com.ru gov.ru msk.ru spb.ru com.ve gob.ve "
    "com.co gov.co com.pe gob.pe".split()
)
RESOLVERS = set(
    "8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 149.112.112.112 208.67.222.222 208.67.220.220 4.2.2.1 4.2.2.2 "
    "94.140.14.14 94.140.15.15 77.88.8.8 77.88.8.1 114.114.114.114 223.5.5.5 223.6.6.6 119.29.29.29 64.6.64.6 "
    "2001:4860:4860::8888 2001:4860:4860::8844 2606:4700:4700::1111 2606:4700:4700::1001 2620:fe::fe".split()
)
# Machines of delivery networks, each in front of thousands of sites. A selection of published ranges.
_SHARED_RANGES = tuple(
    ipaddress.ip_network(one)
    for one in (
        "103.21.244.0/22 103.22.200.0/22 103.31.4.0/22 104.16.0.0/13 104.24.0.0/14 108.162.192.0/18 131.0.72.0/22 "
        "141.101.64.0/18 162.158.0.0/15 172.64.0.0/13 173.245.48.0/20 188.114.96.0/20 190.93.240.0/20 197.234.240.0/22 "
        "198.41.128.0/17 151.101.0.0/16 199.232.0.0/16 185.199.108.0/22 2606:4700::/32 2a04:4e42::/32"
    ).split()
)
WIDEST_NETWORK = {4: 20, 6: 44}  # least length of a range's prefix; 20 is 4,096 addresses


def guard(indicator: Indicator) -> str:
    """Return why an indicator is not searched for, or an empty text.

    Examples
    --------
    >>> from undazzle.intrusions.kinds import IndicatorKind
    >>> guard(Indicator(IndicatorKind.ADDRESS, "8.8.8.8", "8.8.8.8", "list"))
    'a public resolver: everybody uses it'
    """
    if indicator.kind in (IndicatorKind.ADDRESS, IndicatorKind.NETWORK):
        return _machine(indicator.value)
    if indicator.kind is IndicatorKind.DOMAIN:
        return _domain(indicator.value)
    if indicator.kind is IndicatorKind.URL and not indicator.value.partition("/")[2]:
        return _domain(indicator.value.partition("?")[0])
    return ""


def _machine(value: str) -> str:
    network = ipaddress.ip_network(value)
    if value in RESOLVERS:
        return "a public resolver: everybody uses it"
    first = network.network_address
    if not first.is_global or first.is_multicast or first.is_reserved:
        return "a private or reserved range: it means another machine in every network"
    if network.prefixlen < WIDEST_NETWORK[network.version]:
        return f"a range of {network.num_addresses:,} addresses: too wide to tell one from another"
    if any(network.version == one.version and first in one for one in _SHARED_RANGES):
        return "a delivery network: thousands of sites stand behind it"
    return ""


def _domain(host: str) -> str:
    if host in SHARED_HOSTS:
        return "shared hosting: unrelated people publish under this name"
    if host in PLATFORMS or host in SHORT_LINKS:
        return "a platform or short-link service: everybody links to it"
    if host in TOP_SITES:
        return "a site everybody links to; perhaps meant was a copy of it"
    if host in ENDINGS:
        return "an ending under which names are registered, not a name"
    return ""


def is_shared(host: str) -> bool:
    """Return whether a host is, or stands under, a name that unrelated people share."""
    return any(one in SHARED_HOSTS or one in SHORT_LINKS or one in PLATFORMS for one in above(host))
