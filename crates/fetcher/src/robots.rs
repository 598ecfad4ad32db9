//! What a host's robots.txt allows, by RFC 9309, as a pure function of (status, body, agent, path).
//!
//! Written here because no crate fits: `robotstxt` rests since 2020, `texting_robots` and `robotxt` since 2024,
//! and none of them separates the status from the text, so that "unreachable" cannot be told from "empty".

use std::time::Duration;

/// Bytes of a robots.txt that are read; the rest is ignored (RFC 9309, 2.5 asks for at least 500 KiB).
pub const SIZE_LIMIT: usize = 500 * 1024;
/// Redirects that are followed to a robots.txt (2.3.1.2 asks for at least five).
pub const MAX_REDIRECTS: u8 = 5;
/// A longer `Crawl-delay` than a day says "do not come back tonight" just as well.
const LONGEST_DELAY: f64 = 86_400.0;

/// What one agent may do on one host.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    lines: Vec<Rule>,
    /// The least time between two requests that the host asks for.
    pub delay: Option<Duration>,
    /// Sitemaps that the file names, in its order.
    pub sitemaps: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allow: bool,
    pattern: String,
}

/// Whether `agent` may ask for `path` (with its query) of a host whose robots.txt answered so; `None` is no answer at all.
pub fn allowed(status: Option<u16>, body: &[u8], agent: &str, path: &str) -> bool {
    Rules::read(status, body, agent).allow(path)
}

impl Rules {
    /// Everything is allowed.
    pub fn everything() -> Self {
        Self { lines: Vec::new(), delay: None, sitemaps: Vec::new() }
    }

    /// Nothing is allowed.
    pub fn nothing() -> Self {
        Self { lines: vec![Rule { allow: false, pattern: "/".to_owned() }], delay: None, sitemaps: Vec::new() }
    }

    /// The rules for an agent's product token.
    ///
    /// Without an answer, and on 5xx, nothing is allowed (2.3.1.4); on 4xx, and where redirects lead nowhere, everything is (2.3.1.3).
    /// 429 is read as "unreachable": a host that is too busy for its robots.txt is too busy for its pages.
    pub fn read(status: Option<u16>, body: &[u8], agent: &str) -> Self {
        match status {
            Some(200..=299) => Self::parse(&body[..body.len().min(SIZE_LIMIT)], agent),
            None | Some(429 | 500..) => Self::nothing(),
            Some(_) => Self::everything(),
        }
    }

    /// Whether a path (with its query) may be asked for: the longest pattern that matches decides, `Allow` wins a tie.
    pub fn allow(&self, path: &str) -> bool {
        let path = normal(path.as_bytes());
        if path == "/robots.txt" {
            return true;
        }
        self.lines
            .iter()
            .filter(|rule| matches(&rule.pattern, &path))
            .max_by_key(|rule| (rule.pattern.len(), rule.allow))
            .is_none_or(|rule| rule.allow)
    }

    fn parse(body: &[u8], agent: &str) -> Self {
        let text = String::from_utf8_lossy(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body));
        let mut ours = Group::default();
        let mut anyone = Group::default();
        let mut sitemaps = Vec::new();
        let (mut for_us, mut for_anyone, mut naming) = (false, false, false);
        for (key, value) in text.split(['\n', '\r']).filter_map(key_and_value) {
            if key == "user-agent" {
                if !naming {
                    (for_us, for_anyone, naming) = (false, false, true);
                }
                for_us |= product(value).eq_ignore_ascii_case(agent);
                for_anyone |= value == "*" || value.starts_with("* ");
                ours.named |= for_us;
                continue;
            }
            if key == "sitemap" {
                sitemaps.push(value.to_owned());
                continue;
            }
            // A crawl delay is no rule of the standard, so it does not end the list of agents.
            naming &= !matches!(key.as_str(), "allow" | "disallow");
            if for_us {
                ours.add(&key, value);
            }
            if for_anyone {
                anyone.add(&key, value);
            }
        }
        let group = if ours.named { ours } else { anyone };
        Self { lines: group.rules, delay: group.delay, sitemaps }
    }
}

/// The rules of all groups that name one agent.
#[derive(Default)]
struct Group {
    named: bool,
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

impl Group {
    fn add(&mut self, key: &str, value: &str) {
        match key {
            "allow" | "disallow" if !value.is_empty() => {
                self.rules.push(Rule { allow: key == "allow", pattern: normal(value.as_bytes()) });
            }
            "crawl-delay" => {
                let seconds = value.parse().ok().filter(|seconds: &f64| *seconds > 0.0);
                self.delay = self.delay.max(seconds.map(|seconds| Duration::from_secs_f64(seconds.min(LONGEST_DELAY))));
            }
            _ => {}
        }
    }
}

fn key_and_value(line: &str) -> Option<(String, &str)> {
    let line = line.split_once('#').map_or(line, |(before, _)| before);
    let (key, value) = line.split_once(':')?;
    Some((key.trim().to_ascii_lowercase(), value.trim()))
}

/// The product token at the front of `Solieu/1.0 (…)`.
fn product(value: &str) -> &str {
    let end = value.find(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_')).unwrap_or(value.len());
    &value[..end]
}

/// One spelling per path: what is not ASCII is percent-encoded, what need not be encoded is not (2.2.2).
fn normal(path: &[u8]) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        let encoded = (byte == b'%').then(|| tail.get(..2)).flatten().and_then(hex);
        match encoded {
            Some(octet) => {
                rest = &tail[2..];
                if octet.is_ascii_alphanumeric() || b"-._~".contains(&octet) {
                    out.push(char::from(octet));
                } else {
                    push_encoded(&mut out, octet);
                }
            }
            None if byte.is_ascii_graphic() => out.push(char::from(byte)),
            None => push_encoded(&mut out, byte),
        }
    }
    out
}

fn push_encoded(out: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.push('%');
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}

fn hex(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok()?;
    text.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u8::from_str_radix(text, 16).ok())?
}

/// Whether a pattern with `*` and a closing `$` matches the front of a path.
///
/// Taking every piece at its first place is enough, because nothing but the next piece follows a `*`; the time is linear per piece.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, closed) = pattern.strip_suffix('$').map_or((pattern, false), |open| (open, true));
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !closed || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if closed && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(robots: &str, path: &str) -> bool {
        allowed(Some(200), robots.as_bytes(), "solieu", path)
    }

    #[test]
    fn the_status_decides_first() {
        let forbids = b"user-agent: *\ndisallow: /";
        for (status, expected) in
            [(None, false), (Some(500), false), (Some(503), false), (Some(429), false), (Some(404), true), (Some(403), true)]
        {
            assert_eq!(allowed(status, forbids, "solieu", "/a"), expected, "{status:?}");
        }
        assert!(!allowed(Some(200), forbids, "solieu", "/a"));
        assert!(allowed(Some(301), forbids, "solieu", "/a"), "redirects that lead nowhere count as none");
    }

    #[test]
    fn the_longest_match_wins_and_allow_wins_a_tie() {
        let robots = "user-agent: *\ndisallow: /a\nallow: /a/b\ndisallow: /a/b/c\nallow: /x\ndisallow: /x";
        assert!(!may(robots, "/a"));
        assert!(may(robots, "/a/b"));
        assert!(!may(robots, "/a/b/c/d"));
        assert!(may(robots, "/x"));
        assert!(may(robots, "/other"));
    }

    #[test]
    fn wildcards_and_ends() {
        let robots = "user-agent: *\ndisallow: /*.pdf$\ndisallow: /tim-kiem*q=\ndisallow: /a*b*c$";
        assert!(!may(robots, "/x/y.pdf"));
        assert!(may(robots, "/x/y.pdf?page=1"));
        assert!(!may(robots, "/tim-kiem?x=1&q=gdp"));
        assert!(!may(robots, "/a-b-c-b-c"));
        assert!(may(robots, "/a-b-c-d"));
        assert!(may(robots, "/ab"));
        assert!(!may("user-agent: *\ndisallow: /x$", "/x"));
        assert!(may("user-agent: *\ndisallow: /x$", "/xy"));
    }

    #[test]
    fn the_most_specific_group_and_only_it() {
        let robots = "User-agent: *\nDisallow: /\n\nUser-Agent: Solieu/2.0\nDisallow: /private\n\nuser-agent: other\nuser-agent: SOLIEU\ndisallow: /drafts";
        assert!(may(robots, "/a"));
        assert!(!may(robots, "/private/1"), "version numbers do not matter");
        assert!(!may(robots, "/drafts/1"), "groups of the same agent are one");
        assert!(may("user-agent: solieu-news\ndisallow: /", "/a"), "another product is not ours");
        assert!(!may("user-agent: solieu\nuser-agent: x\n\nuser-agent: *\ndisallow: /", "/a"), "agents go on until a rule");
        assert!(may("user-agent: solieu\ndisallow:\n\nuser-agent: *\ndisallow: /", "/a"), "an empty rule forbids nothing");
    }

    #[test]
    fn spellings_of_one_path_are_one() {
        assert!(!may("user-agent: *\ndisallow: /số-liệu", "/s%E1%BB%91-li%e1%bb%87u/1"));
        assert!(!may("user-agent: *\ndisallow: /%7Euser", "/~user"));
        assert!(may("user-agent: *\ndisallow: /a%2Fb", "/a/b"), "an encoded slash is no slash");
        assert!(!may("user-agent: *\ndisallow: /a%2Ab", "/a%2ab"));
        assert!(may("user-agent: *\ndisallow: /", "/robots.txt"));
    }

    #[test]
    fn delays_and_sitemaps() {
        let rules = Rules::read(
            Some(200),
            b"\xEF\xBB\xBFSitemap: https://a.example/s.xml\r\nuser-agent: * # all\r\ncrawl-delay: 2.5\r\ndisallow: /x",
            "solieu",
        );
        assert_eq!(rules.delay, Some(Duration::from_millis(2500)));
        assert_eq!(rules.sitemaps, ["https://a.example/s.xml"]);
        assert!(!rules.allow("/x"));
        for odd in ["nan", "-1", "inf", "1e300", "soon"] {
            let rules = Rules::read(Some(200), format!("user-agent: *\ncrawl-delay: {odd}").as_bytes(), "solieu");
            assert!(rules.delay.is_none_or(|delay| delay.as_secs() <= 86_400), "{odd}");
        }
    }

    #[test]
    fn only_the_first_part_of_a_long_file_counts() {
        let mut robots = b"user-agent: *\ndisallow: /x\n".to_vec();
        robots.resize(SIZE_LIMIT, b'#');
        robots.extend_from_slice(b"\ndisallow: /y\n");
        assert!(!allowed(Some(200), &robots, "solieu", "/x"));
        assert!(allowed(Some(200), &robots, "solieu", "/y"));
    }

    proptest::proptest! {
        #[test]
        fn no_file_and_no_path_breaks_it(body: Vec<u8>, path in "/[ -~]{0,40}") {
            let _ = allowed(Some(200), &body, "solieu", &path);
        }

        #[test]
        fn a_pattern_matches_what_it_was_made_from(pieces in proptest::collection::vec("[a-c]{0,3}", 1..5), filler in "[a-c]{0,3}") {
            let pattern = format!("/{}$", pieces.join("*"));
            let path = format!("/{}", pieces.join(&filler));
            proptest::prop_assert!(matches(&pattern, &path));
        }
    }
}
