//! What a page claims about its article: who, when, where. Sources are weighed by a stated order of trust.
//!
//! Authors: the profile's element, the signature, linked data, metadata. Times: linked data, `meta`, markup, the address.
//! What disagrees is reported beside what won.

use html5ever::local_name;
use model::{Issue, IssueKind, PublishedFrom, When};
use url::Url;

use crate::address::Paging;
use crate::dom::{self, Node};
use crate::html::{Reading, language, lines_after};
use crate::profile::Part;
use crate::words::{Anywhere, Words};
use crate::{clean, names, time};

/// Tags that are kept.
const MOST_TAGS: usize = 40;
/// More bytes than the longest line that names authors.
const MOST_BYTES_OF_BYLINE: usize = 160;
/// Nodes of a line that are looked at.
const MOST_IN_LINE: usize = 40;

impl<'a> Reading<'a> {
    pub(crate) fn publisher(&self) -> Option<String> {
        let named = self.profile.and_then(|profile| profile.publisher.clone());
        let site = || self.head.meta_of(&["og:site_name", "application-name"]).map(clean::clean);
        let linked = || self.head.linked.publisher.clone().filter(|name| !name.contains("://"));
        named.or_else(site).or_else(linked)
    }

    /// Names, by trust: the profile's element, the article's signature, linked data, metadata.
    pub(crate) fn authors(
        &self,
        signatures: &[String],
        publisher: &str,
        title: Option<Node<'a>>,
        body: Node<'a>,
    ) -> (Vec<String>, Option<String>) {
        let words = self.words;
        let marked: Vec<String> = self.marks.best(Part::Author).into_iter().flat_map(bylines).collect();
        let mut credit = self
            .marks
            .all(Part::Credit)
            .map(dom::line)
            .find(|line| !line.is_empty())
            .map(|line| words.credit_prefixes.without(&line).to_owned());
        for line in marked.iter().chain(signatures) {
            credit = credit.or_else(|| names::read(line, words).credit);
        }
        let people = |lines: &[String]| names::people(lines.iter().map(String::as_str), words, publisher);
        let metas = |wanted: &[&str]| -> Vec<String> {
            wanted
                .iter()
                .map(|name| self.head.metas_named(name).map(clean::clean).collect::<Vec<_>>())
                .find(|found| !people(found).is_empty())
                .unwrap_or_default()
        };
        let sources: [&dyn Fn() -> Vec<String>; 7] = [
            &|| people(&marked),
            &|| people(signatures),
            &|| people(&self.head.linked.authors),
            &|| people(&metas(&["dable:author", "article:author", "author", "DC.creator", "parsely-author", "sailthru.author"])),
            &|| people(&self.head.authors.iter().take(5).flat_map(|node| bylines(*node)).collect::<Vec<_>>()),
            &|| people(&self.named_authors(title)),
            &|| people(&self.signed_behind(body)),
        ];
        (sources.iter().map(|source| source()).find(|names| !names.is_empty()).unwrap_or_default(), credit)
    }

    /// What stands near the headline, or behind the text, and is called an author's.
    fn named_authors(&self, title: Option<Node<'a>>) -> Vec<String> {
        let is_authors = |node: Node<'a>| has_in_class(node, &self.words.author_classes);
        let around = |node: Node<'a>| std::iter::once(node).chain(node.ancestors().take(2)).any(is_authors);
        let inside = |node: Node<'a>| dom::descend(node).skip(1).take(MOST_IN_LINE).filter(|inner| is_authors(*inner));
        let mut named: Vec<Node<'a>> = Vec::new();
        for (node, _) in self.near(title).iter().filter(|(_, line)| line.len() < MOST_BYTES_OF_BYLINE) {
            if around(*node) {
                named.push(*node);
            } else {
                named.extend(inside(*node));
            }
        }
        named.into_iter().filter(|node| !is_anothers(*node, self.words)).flat_map(bylines).collect()
    }

    /// Signatures that stand behind the element of the text: set to the right, or with a word such as `Tin, ảnh:` in front.
    fn signed_behind(&self, body: Node<'a>) -> Vec<String> {
        let right = |node: Node<'a>| {
            let element = node.value().as_element();
            element.and_then(|element| dom::alignment(element, &element.name.local)).is_some_and(|(right, _)| right)
        };
        let shaped = |node: Node<'a>, line: &str| {
            self.words.byline_prefixes.strip(line).is_some() || std::iter::once(node).chain(node.ancestors().take(2)).any(right)
        };
        let near = lines_after(body, 3).into_iter();
        near.filter(|(node, line)| names::is_signature(line, self.words) && shaped(*node, line)).map(|(_, line)| line).collect()
    }

    /// Day or instant of publication by trust: linked data, `meta`, markup, address. What disagrees is reported.
    pub(crate) fn published(&mut self, title: Option<Node<'a>>, body: Node<'a>) -> (Option<When>, Option<PublishedFrom>) {
        let linked = self.head.linked.published.clone();
        let linked = self.stated(linked.as_deref(), "json-ld");
        let meta = self.head.published();
        let meta = self.stated(meta, "meta");
        let markup = self.shown(title, body);
        let address = self.page.url.or_else(|| self.head.address()).and_then(time::in_url);
        let found =
            [(linked, PublishedFrom::JsonLd), (meta, PublishedFrom::Meta), (markup, PublishedFrom::Markup), (address, PublishedFrom::Url)];
        let Some((first, from)) = found.iter().find_map(|(when, from)| when.map(|when| (when, *from))) else { return (None, None) };
        // An instant says more than the day that it falls on.
        let exact = found.iter().find_map(|(when, from)| match (first, when) {
            (When::Day(day), Some(instant @ When::Instant(_))) if instant.day() == day => Some((*instant, *from)),
            (When::Instant(a), Some(instant @ When::Instant(b))) if a.as_second() % 60 == 0 && b.as_second() / 60 == a.as_second() / 60 => {
                Some((*instant, *from)).filter(|_| b.as_second() != a.as_second())
            }
            _ => None,
        });
        for (when, source) in &found[..3] {
            if let Some(other) = when.filter(|other| disagree(first, *other)) {
                let why = format!("{} says {first}, {} says {other}", from.as_str(), source.as_str());
                self.issues.push(Issue::new(IssueKind::Disagreement, "published", why));
            }
        }
        let (when, from) = exact.unwrap_or((first, from));
        (Some(when), Some(from))
    }

    fn stated(&mut self, text: Option<&str>, place: &str) -> Option<When> {
        let text = text?;
        let when = time::stated(&clean::clean(text)).or_else(|| time::find(text, self.page.fetched));
        if when.is_none() && text.contains(|c: char| c.is_ascii_digit()) {
            self.issues.push(Issue::new(IssueKind::Time, place, format!("“{text}” is no date")));
        }
        when
    }

    /// The time that readers see beside the headline.
    fn shown(&self, title: Option<Node<'a>>, body: Node<'a>) -> Option<When> {
        let now = self.page.fetched;
        let stated = |node: Node<'a>| dom::node_attr(node, &local_name!("datetime")).and_then(time::stated);
        let marked = |node: Node<'a>| stated(node).or_else(|| time::find(self.publication_part(&dom::line(node)), now));
        let element = |node: Node<'a>| stated(node).or_else(|| time::find(&dom::line(node), now));
        let is_before = |node: Node<'a>| node.id() < body.id();
        let times = || self.head.times.iter().copied().take(3);
        let near = || self.near(title).iter().filter(|(_, line)| line.chars().count() <= 90);
        let line = |line: &str| time::find(self.publication_part(line), now);
        // Comments behind the text have times of their own, so that a line before the text is heard first.
        let found = self.marks.all(Part::Time).find_map(marked);
        let found = found.or_else(|| times().filter(|node| is_before(*node) || dom::is_within(*node, body)).find_map(element));
        let found = found.or_else(|| near().filter(|(node, _)| is_before(*node)).find_map(|(_, text)| line(text)));
        found.or_else(|| times().find_map(element)).or_else(|| near().find_map(|(_, text)| line(text)))
    }

    /// A line without what it says of the last change.
    fn publication_part<'l>(&self, line: &'l str) -> &'l str {
        if !time::has_year(line) {
            return line;
        }
        let lower = clean::lower(line);
        let cut = self.words.modified.all(&lower).map(|(start, _)| start).filter(|at| *at > 0).min();
        let before = cut.and_then(|at| line.get(..at));
        before.filter(|before| time::find(before, None).is_some()).unwrap_or(line)
    }

    /// The page's own clock: the profile's, else a date with a weekday that stands before the headline and is another.
    pub(crate) fn rendered(&self, title: Option<Node<'a>>, published: Option<When>) -> Option<When> {
        if let Some(when) = self.marks.all(Part::Clock).find_map(|node| time::find(&dom::line(node), None)) {
            return Some(when);
        }
        let title = title?;
        let body = self.head.body?;
        let mut texts = 0;
        for node in dom::descend(body).take(6000) {
            if node.id() == title.id() {
                break;
            }
            if let scraper::Node::Text(text) = node.value()
                && text.len() < 160
                && text.contains(|c: char| c.is_ascii_digit())
                && node.parent().is_none_or(|parent| !dom::is_silent(dom::tag(parent)))
            {
                texts += 1;
                let lower = clean::lower(&clean::clean(text));
                let dated = ["thứ ", "chủ nhật", "hôm nay", "ngày "].iter().any(|word| lower.starts_with(word));
                if let Some(when) = time::find(&lower, None).filter(|when| dated && published.is_none_or(|at| disagree(at, *when))) {
                    return Some(when);
                }
            }
            if texts > 40 {
                break;
            }
        }
        None
    }

    /// The article's own address: the one that the page names, or, where the page is another form of it, that of the plain one.
    pub(crate) fn canonical(&self) -> Option<String> {
        let addresses = &self.words.addresses;
        let own = self.page.url.and_then(|url| Url::parse(url).ok());
        let Some(named) = self.named_address() else {
            let own = own?;
            return Some(addresses.plain(&own)).filter(|plain| *plain != own).map(String::from);
        };
        Some(addresses.plain(&named).into())
    }

    fn named_address(&self) -> Option<Url> {
        let named = self.head.address()?;
        let base = self.page.url.or_else(|| self.head.meta_of(&["og:url"]));
        Url::parse(named).ok().or_else(|| Url::parse(base?).ok()?.join(named).ok())
    }

    /// Where the page stands among the pages of its article; says so where that has several.
    pub(crate) fn paging(&mut self) -> Option<Paging> {
        let own = self.page.url.or_else(|| self.head.address())?;
        let paging = self.words.addresses.paging(own, self.head.previous, self.head.links.iter().copied())?;
        let Paging { number, first, next } = &paging;
        let begins = if *number > 1 { format!(", which begins at {first}") } else { String::new() };
        let goes_on = next.as_ref().map_or_else(String::new, |next| format!(" and goes on at {next}"));
        let why = format!("page {number} of an article on several pages{begins}{goes_on}");
        self.issues.push(Issue::new(IssueKind::SeveralPages, "page", why));
        Some(paging)
    }

    pub(crate) fn section(&self) -> Option<String> {
        let stated = self.head.meta_of(&["article:section"]).and_then(|list| list.split(',').next()).map(clean::clean);
        let linked = || self.head.linked.section.clone();
        let marked = || self.marks.best(Part::Section).last().map(|node| dom::line(*node));
        let crumb = || self.head.linked.breadcrumb.last().cloned();
        let folder = || self.head.meta_of(&["tt_list_folder_name"]).and_then(|list| list.split(',').nth(1)).map(clean::clean);
        [stated, linked(), marked(), crumb(), folder()].into_iter().flatten().find(|name| !name.is_empty() && name.chars().count() < 60)
    }

    pub(crate) fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = self.marks.all(Part::Tags).map(dom::line).collect();
        if tags.is_empty() {
            tags = self.head.metas_named("article:tag").map(clean::clean).collect();
        }
        if tags.is_empty() {
            tags.clone_from(&self.head.linked.keywords);
        }
        if tags.is_empty() {
            tags = self
                .head
                .meta_of(&["news_keywords", "keywords"])
                .map(|list| list.split(',').map(clean::clean).collect())
                .unwrap_or_default();
        }
        let mut seen: Vec<String> = Vec::new();
        tags.retain(|tag| {
            if seen.len() == MOST_TAGS || tag.is_empty() || tag.chars().count() >= 80 || tag.contains("://") {
                return false;
            }
            let key = tag.to_lowercase();
            let new = !seen.contains(&key);
            if new {
                seen.push(key);
            }
            new
        });
        tags
    }

    pub(crate) fn language(&self, text: &str) -> Option<String> {
        language(text).or_else(|| self.head.language.map(|lang| lang.split(['-', '_']).next().unwrap_or(lang).to_lowercase()))
    }
}

/// Whether an author that stands here is that of a quotation, a comment or a photograph.
fn is_anothers(node: Node<'_>, words: &Words) -> bool {
    let mut around = std::iter::once(node).chain(node.ancestors().take(3));
    around.any(|outer| dom::tag(outer) == "blockquote" || has_in_class(outer, &words.quoted_classes))
}

/// Whether the class of an element holds one of some words.
fn has_in_class(node: Node<'_>, words: &Anywhere) -> bool {
    dom::node_attr(node, &local_name!("class")).is_some_and(|class| words.is_in(&class.to_ascii_lowercase()))
}

/// The lines of an element that names authors: its links where it is nothing but links, so that names are not glued together.
fn bylines(node: Node<'_>) -> Vec<String> {
    let line = dom::line(node);
    let links: Vec<String> =
        dom::descend(node).filter(|inner| dom::tag(*inner) == "a").map(dom::line).filter(|line| !line.is_empty()).collect();
    let linked: usize = links.iter().map(String::len).sum();
    if links.len() > 1 && linked * 5 >= line.len() * 4 { links } else { vec![line] }
}

/// Whether two statements of one time differ by more than the seconds that a page does not show.
fn disagree(a: When, b: When) -> bool {
    match (a, b) {
        (When::Instant(a), When::Instant(b)) => (a.as_second() / 60 - b.as_second() / 60).abs() > 1,
        _ => a.day() != b.day(),
    }
}
