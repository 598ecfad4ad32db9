//! Which addresses may be asked: http and https on the public internet, decided after the name was resolved.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use crate::Failure;

/// Stands before every connection: resolves a name and refuses what is not public.
///
/// It is the client's resolver, so what it saw is what is connected to: a name cannot change its mind in between.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    /// Lets private, loopback and link-local addresses pass.
    pub allow_private: bool,
    /// Names with a fixed address, as curl's `--resolve`; who names them here allows them.
    pub hosts: BTreeMap<String, SocketAddr>,
}

impl Guard {
    /// Refuses an address whose scheme, host or credentials are out of the question, before anything is resolved.
    pub fn check(&self, url: &Url) -> Result<(), Failure> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Failure::Scheme(url.scheme().to_owned()));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Failure::Credentials);
        }
        // A numeric host is never resolved, so the resolver would not see it.
        let numeric = match url.host() {
            Some(Host::Ipv4(ip)) => IpAddr::V4(ip),
            Some(Host::Ipv6(ip)) => IpAddr::V6(ip),
            Some(Host::Domain(_)) => return Ok(()),
            None => return Err(Failure::Scheme(url.scheme().to_owned())),
        };
        if self.allow_private || is_public(numeric) { Ok(()) } else { Err(Failure::PrivateAddress(numeric.to_string())) }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let pinned = self.hosts.get(name.as_str()).copied();
        let allow_private = self.allow_private;
        Box::pin(async move {
            if let Some(address) = pinned {
                return Ok(Box::new(std::iter::once(address)) as Addrs);
            }
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            // One private address among public ones is how rebinding starts: the whole name is refused.
            match found.iter().find(|address| !allow_private && !is_public(address.ip())) {
                Some(private) => Err(Box::new(Refused(private.ip())) as _),
                None => Ok(Box::new(found.into_iter()) as Addrs),
            }
        })
    }
}

/// The resolver's refusal, found again in the client's chain of errors.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not a public address")]
pub(crate) struct Refused(pub(crate) IpAddr);

/// Whether an address is one of the public internet's, by IANA's registries of special addresses.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, d] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))                 // shared space of carriers, one cloud's metadata
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b))
        || (a, b, c, d) == (168, 63, 129, 16); // public by number, a cloud's own services by use
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let segments = ip.segments();
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // NAT64 and 6to4 lead to the IPv4 address inside.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => embedded(high, low),
        [0x2001, second, ..] => second >= 0x200 && second != 0xdb8, // protocol assignments, Teredo, documentation
        [0x3fff, second, ..] => second >= 0x1000,                   // documentation
        [first, ..] => (0x2000..0x4000).contains(&first),           // global unicast is all that is left
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_addresses_are_not_public() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.100.100.200",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "168.63.129.16",
            "192.0.2.1",
            "198.18.0.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "fec0::1",
        ] {
            assert!(!is_public(ip.parse().unwrap()), "{ip}");
        }
        for ip in ["1.1.1.1", "203.162.0.181", "8.8.8.8", "2606:4700::1111", "2001:ee0::1", "::ffff:8.8.8.8", "64:ff9b::808:808"] {
            assert!(is_public(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn disguised_hosts_are_seen_through() {
        let guard = Guard::default();
        for url in
            ["http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://127.1/"]
        {
            let url = Url::parse(url).unwrap();
            assert!(matches!(guard.check(&url), Err(Failure::PrivateAddress(_))), "{url}");
        }
        for url in ["ftp://a.example/", "file:///etc/passwd", "data:text/html,x", "gopher://a.example/"] {
            assert!(matches!(guard.check(&Url::parse(url).unwrap()), Err(Failure::Scheme(_))), "{url}");
        }
        assert_eq!(guard.check(&Url::parse("http://me:pw@a.example/").unwrap()), Err(Failure::Credentials));
        assert_eq!(guard.check(&Url::parse("https://a.example/").unwrap()), Ok(()));
    }
}
