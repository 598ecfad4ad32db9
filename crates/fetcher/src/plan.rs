//! What is to be asked and why: wishes, tasks and the decision about one page, which is a pure function.

use std::cmp::Reverse;
use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use crate::state::Seen;

/// A publisher, as its profile names it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Publisher {
    /// Its id.
    pub id: String,
    /// Its domains; a subdomain belongs to it too.
    pub domains: Vec<String>,
    /// Feeds.
    pub feeds: Vec<String>,
    /// Sitemaps or indices of them.
    pub sitemaps: Vec<String>,
    /// Section pages, asked only where no feed and no sitemap answers; `{page}` stands for the number of the page.
    pub sections: Vec<String>,
    /// The least time between two requests to one of its hosts.
    pub min_gap: Option<Duration>,
}

impl From<&knowledge::Site> for Publisher {
    fn from(site: &knowledge::Site) -> Self {
        Self {
            id: site.id.clone(),
            domains: site.domains.clone(),
            feeds: site.feeds.clone(),
            sitemaps: site.sitemaps.clone(),
            sections: site.sections.clone(),
            min_gap: site.min_gap.and_then(|gap| Duration::try_from(gap).ok()),
        }
    }
}

impl Publisher {
    /// Whether an address is one of the publisher's; without domains, every host of its sources counts.
    pub fn owns(&self, url: &Url) -> bool {
        let Some(host) = url.host_str() else { return false };
        let of = |domain: &str| host == domain || host.strip_suffix(domain).is_some_and(|front| front.ends_with('.'));
        if self.domains.is_empty() {
            let sources = self.feeds.iter().chain(&self.sitemaps).chain(&self.sections);
            return sources.filter_map(|source| Url::parse(source).ok()).any(|source| source.host_str() == Some(host));
        }
        self.domains.iter().any(|domain| of(domain))
    }
}

/// What a run is asked to do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wish {
    /// Addresses to fetch, whatever is known of them.
    pub urls: Vec<String>,
    /// Publishers whose sources are read.
    pub publishers: Vec<Publisher>,
    /// Only pages that their source dates from then on; undated ones are fetched too.
    pub since: Option<Timestamp>,
    /// Only pages that their source dates before then; undated ones are fetched too.
    pub until: Option<Timestamp>,
    /// The most pages to ask for.
    pub limit: Option<usize>,
    /// Reads robots.txt and sources, tells what would be fetched, and writes nothing.
    pub dry_run: bool,
}

/// What an address is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The rules of a host; asked before anything else.
    Robots,
    /// A feed, a sitemap or an index of them.
    Source,
    /// A section page, with its number.
    Section(u32),
    /// A page.
    Page,
}

/// One address to ask for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Task {
    pub(crate) url: Url,
    pub(crate) kind: Kind,
    pub(crate) publisher: Option<String>,
    pub(crate) via: Option<String>,
    /// Asked for by the user, not by a source.
    pub(crate) is_given: bool,
    /// Addresses that were redirected here.
    pub(crate) hops: Vec<Url>,
    /// How often it failed in this run.
    pub(crate) attempts: u32,
    /// Depth in indices of sitemaps.
    pub(crate) depth: u8,
    /// The template of a section.
    pub(crate) template: Option<String>,
}

impl Task {
    pub(crate) fn new(url: Url, kind: Kind) -> Self {
        Self { url, kind, publisher: None, via: None, is_given: false, hops: Vec::new(), attempts: 0, depth: 0, template: None }
    }

    /// The scheme, host and port that one robots.txt governs.
    pub(crate) fn origin(&self) -> String {
        origin(&self.url)
    }

    /// Fills in what the task knows of an address that is seen for the first time.
    pub(crate) fn introduce(&self, seen: &mut Seen, at: Timestamp) {
        seen.first = seen.first.or(Some(at));
        if seen.publisher.is_none() {
            seen.publisher.clone_from(&self.publisher);
        }
        if seen.via.is_none() {
            seen.via.clone_from(&self.via);
        }
    }
}

pub(crate) fn origin(url: &Url) -> String {
    url[..url::Position::BeforePath].to_owned()
}

/// The order within a host: rules, sources, redirects' targets and given pages, new pages newest first, then pages to look at again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank(u8, Reverse<Option<Timestamp>>, u64);

impl Rank {
    pub(crate) fn of(task: &Task, seen: Option<&Seen>, number: u64) -> Self {
        let known = seen.is_some_and(|seen| seen.checked.is_some());
        let class = match task.kind {
            Kind::Robots => 0,
            Kind::Source | Kind::Section(_) => 1,
            Kind::Page if task.is_given || !task.hops.is_empty() => 2,
            Kind::Page if !known => 3,
            Kind::Page => 4,
        };
        Self(class, Reverse(seen.and_then(|seen| seen.listed)), number)
    }
}

/// Why a page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "`word` says what each means")]
pub enum Why {
    Given,
    New,
    Retry,
    Modified,
    Recheck,
}

/// Why a page is not asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "`word` says what each means")]
pub enum Skip {
    OutOfRange,
    NotModified,
    Settled,
    GivenUp,
    Limit,
}

impl Why {
    /// A word for people and tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Given => "asked for by name",
            Self::New => "new",
            Self::Retry => "failed last time",
            Self::Modified => "changed, says its source",
            Self::Recheck => "recent enough to change still",
        }
    }
}

impl Skip {
    /// A word for people and tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::OutOfRange => "dated outside --since and --until",
            Self::NotModified => "unchanged, says its source",
            Self::Settled => "fetched, and old enough to be settled",
            Self::GivenUp => "failed too often, or for good",
            Self::Limit => "over --limit",
        }
    }
}

/// How long pages are looked at again, and how often failing ones are tried.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Habits {
    /// Pages are asked again in every run for this long after they were first seen; an unchanged one costs a 304.
    pub recheck: Duration,
    /// Runs in which an address may fail before it is given up.
    pub give_up_after: u32,
}

/// Decides whether a page is asked for.
pub fn decide(is_given: bool, seen: &Seen, wish: &Wish, habits: &Habits, now: Timestamp) -> Result<Why, Skip> {
    if is_given {
        return Ok(Why::Given);
    }
    if let Some(date) = seen.listed
        && (wish.since.is_some_and(|since| date < since) || wish.until.is_some_and(|until| date >= until))
    {
        return Err(Skip::OutOfRange);
    }
    let by_source = seen.modified.zip(seen.checked).map(|(modified, checked)| modified > checked);
    match (&seen.failure, seen.checked) {
        (Some(_), _) if by_source == Some(true) => Ok(Why::Modified),
        (Some(failure), _) if failure.may_pass() && seen.failures < habits.give_up_after => Ok(Why::Retry),
        (Some(_), _) => Err(Skip::GivenUp),
        (None, None) => Ok(Why::New),
        (None, Some(_)) => match by_source {
            Some(true) => Ok(Why::Modified),
            Some(false) => Err(Skip::NotModified),
            None if is_recent(seen, habits, now) => Ok(Why::Recheck),
            None => Err(Skip::Settled),
        },
    }
}

fn is_recent(seen: &Seen, habits: &Habits, now: Timestamp) -> bool {
    let Some(first) = seen.first else { return true };
    Duration::try_from(now.duration_since(first)).unwrap_or_default() < habits.recheck
}

/// Whether an address on a section page looks like an article: a number of five digits or a slug of four words in its last part.
///
/// This decides only what is asked for; what an article is, the reader of pages decides.
pub(crate) fn looks_like_article(url: &Url) -> bool {
    let last = url.path_segments().and_then(|mut parts| parts.rfind(|part| !part.is_empty())).unwrap_or_default();
    let digits = last.split(|c: char| !c.is_ascii_digit()).map(str::len).max().unwrap_or_default();
    digits >= 5 || last.matches('-').count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Failure;

    const DAY: Duration = Duration::from_secs(86_400);

    fn day(number: i8) -> Timestamp {
        format!("2026-01-{number:02}T00:00:00Z").parse().unwrap()
    }

    fn decided(seen: &Seen, today: i8) -> Result<Why, Skip> {
        let wish = Wish { since: Some(day(2)), until: Some(day(20)), ..Wish::default() };
        decide(false, seen, &wish, &Habits { recheck: 3 * DAY, give_up_after: 3 }, day(today))
    }

    #[test]
    fn the_state_and_the_source_decide_about_a_page() {
        let new = Seen { first: Some(day(5)), listed: Some(day(5)), ..Seen::default() };
        assert_eq!(decided(&new, 5), Ok(Why::New));
        assert_eq!(decided(&Seen { listed: Some(day(1)), ..new.clone() }, 5), Err(Skip::OutOfRange));
        assert_eq!(decided(&Seen { listed: Some(day(20)), ..new.clone() }, 5), Err(Skip::OutOfRange));
        assert_eq!(decided(&Seen { listed: None, ..new.clone() }, 5), Ok(Why::New));

        let fetched = Seen { checked: Some(day(5)), ..new };
        assert_eq!(decided(&fetched, 6), Ok(Why::Recheck));
        assert_eq!(decided(&fetched, 9), Err(Skip::Settled));
        assert_eq!(decided(&Seen { modified: Some(day(8)), ..fetched.clone() }, 19), Ok(Why::Modified));
        assert_eq!(decided(&Seen { modified: Some(day(4)), ..fetched.clone() }, 6), Err(Skip::NotModified));

        let failed = Seen { failure: Some(Failure::Status(503)), failures: 2, ..fetched };
        assert_eq!(decided(&failed, 6), Ok(Why::Retry));
        assert_eq!(decided(&Seen { failures: 3, ..failed.clone() }, 6), Err(Skip::GivenUp));
        let gone = Seen { failure: Some(Failure::Status(404)), ..failed };
        assert_eq!(decided(&gone, 6), Err(Skip::GivenUp));
        assert_eq!(decided(&Seen { modified: Some(day(7)), ..gone }, 8), Ok(Why::Modified));
    }

    #[test]
    fn subdomains_belong_to_a_publisher_and_lookalikes_do_not() {
        let publisher = Publisher { domains: vec!["bao.example".to_owned()], ..Publisher::default() };
        let owns = |url: &str| publisher.owns(&Url::parse(url).unwrap());
        assert!(owns("https://bao.example/a") && owns("https://kinhte.bao.example/a"));
        assert!(!owns("https://tinbao.example/a") && !owns("https://bao.example.evil.example/"));
    }

    #[test]
    fn articles_are_told_from_sections() {
        let looks = |url: &str| looks_like_article(&Url::parse(url).unwrap());
        assert!(looks("https://b.example/gdp-quy-iii-tang-123456.html") && looks("https://b.example/post/98765/"));
        assert!(!looks("https://b.example/kinh-te") && !looks("https://b.example/") && !looks("https://b.example/kinh-te/trang-2.html"));
    }
}
