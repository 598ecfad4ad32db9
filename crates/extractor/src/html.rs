//! An HTML page as an article: finds the parts, weighs what sources say, and puts them together.

use std::cell::OnceCell;

use model::{Article, BlockKind, Issue, IssueKind, When};
use scraper::Html;

use crate::assemble::{self, Assembled};
use crate::dom::{self, Node};
use crate::generic::{self, Names};
use crate::head::Head;
use crate::profile::{Marks, Part, Profile, Profiles};
use crate::walk::{self, Piece, Role, Roles};
use crate::words::Words;
use crate::{Extraction, Page, clean, encoding, legacy, limits, parse, refuse, tidy, time};

/// Boxes of related articles that are read; a page has three or four.
const MOST_BOXES: usize = 100;

/// Bytes of a line after the headline that are looked at; a paragraph of the article may be any length.
const LONG_LINE: usize = 8 * 1024;

/// Lines after the headline that are looked at.
const MOST_NEAR: usize = 31;

/// Less than this in a profile's body is an empty shell.
const LEAST_BODY: usize = 60;

/// A page on its way to an article.
pub struct Reading<'a> {
    pub(crate) page: &'a Page<'a>,
    pub(crate) words: &'a Words,
    pub(crate) head: Head<'a>,
    pub(crate) marks: Marks<'a>,
    pub(crate) profile: Option<&'a Profile>,
    layout: usize,
    pub(crate) issues: Vec<Issue>,
    /// The lines after the headline.
    near: OnceCell<Vec<(Node<'a>, String)>>,
}

/// Reads a page.
pub fn read(page: &Page<'_>, profiles: &Profiles, names: &Names, words: &Words) -> Extraction {
    let decoded = match encoding::decode(page.bytes, page.charset) {
        Ok(decoded) => decoded,
        Err(refusal) => return Extraction::refused(refusal),
    };
    let extraction = read_text(page, &decoded.text, decoded.issues.clone(), profiles, names, words);
    // Text for old fonts is full of Latin-1 signs; the article's own text shows it, and then the page is read again.
    let signs = |article: &Article| legacy::in_unicode(&article.text).is_some();
    if extraction.article.as_ref().is_none_or(signs)
        && let Some((text, repair)) = legacy::in_unicode(&decoded.text)
    {
        let mut issues = decoded.issues;
        issues.push(repair);
        return read_text(page, &text, issues, profiles, names, words);
    }
    extraction
}

fn read_text(page: &Page<'_>, text: &str, mut issues: Vec<Issue>, profiles: &Profiles, names: &Names, words: &Words) -> Extraction {
    let (text, cut) = limits::within(text);
    issues.extend(cut);
    let html = parse::document(&text);
    let known = page.url.and_then(|url| profiles.by_address(url));
    let mut families = profiles.families();
    let head = match known {
        Some(_) => Head::read(&html, |_| {}),
        None => Head::read(&html, |node| families.see(node)),
    };
    let named = || head.address().filter(|_| page.url.is_none()).and_then(|url| profiles.by_address(url));
    let profile = known.or_else(named).or_else(|| families.most());
    let mut reading = Reading { page, words, head, marks: Marks::default(), profile, layout: 0, issues, near: OnceCell::new() };
    let body = reading.by_profile(&html).or_else(|| reading.by_shape(names));
    reading.article(&html, body)
}

struct Body<'a> {
    root: Node<'a>,
    pieces: Vec<Piece>,
    generic: bool,
}

impl<'a> Reading<'a> {
    /// The body as a layout of the profile finds it.
    fn by_profile(&mut self, html: &'a Html) -> Option<Body<'a>> {
        let profile = self.profile?;
        let stated = self.head.linked.published.clone();
        let day = stated.as_deref().or_else(|| self.head.published()).and_then(time::stated).map(When::day);
        for layout in profile.order(day) {
            let marks = profile.marks(layout, html);
            let roles = roles_of(&marks);
            let mut bodies: Vec<(Node, Vec<Piece>)> = Vec::new();
            for root in marks.all(Part::Body) {
                let enough = |pieces: &[Piece]| pieces.iter().map(|piece| piece.chars).sum::<usize>();
                if bodies.iter().any(|(known, pieces)| dom::is_within(root, *known) && enough(pieces) > 0) {
                    continue;
                }
                let walked = walk::pieces(root, &roles);
                if enough(&walked.pieces) >= LEAST_BODY {
                    self.mended(walked.mended);
                    bodies.push((root, walked.pieces));
                    break;
                }
            }
            if let Some((root, pieces)) = bodies.pop() {
                self.marks = marks;
                self.layout = layout;
                return Some(Body { root, pieces, generic: false });
            }
        }
        None
    }

    /// The body as its shape shows it.
    fn by_shape(&mut self, names: &Names) -> Option<Body<'a>> {
        let found = generic::find(&self.head, names)?;
        let walked = walk::pieces(found.root, &found.roles);
        self.mended(walked.mended);
        Some(Body { root: found.root, pieces: walked.pieces, generic: true })
    }

    fn mended(&mut self, mended: bool) {
        if mended {
            self.issues.push(Issue::new(IssueKind::Repaired, "body", "UTF-8 had been read as windows-1252"));
        }
    }

    fn article(mut self, html: &'a Html, body: Option<Body<'a>>) -> Extraction {
        let (title, title_node) = self.title();
        if let Some(refusal) = title.as_deref().and_then(|title| refuse::by_title(title, self.words)) {
            return Extraction::refused(refusal);
        }
        let Some(body) = body else {
            let text = self.head.body.map(dom::line).unwrap_or_default();
            let links = dom::descend(html.tree.root()).filter(|node| dom::tag(*node) == "a").count();
            return Extraction::refused(refuse::without_body(&self.head, &text, links, self.words));
        };
        if let Some(refusal) = self.listing(&body, html) {
            return Extraction::refused(refusal);
        }
        let lead = self.lead(&body, title_node);
        let generic = body.generic;
        let address = self.page.url.or_else(|| self.head.address()).unwrap_or_default();
        let host = address.split_once("//").map_or("", |(_, rest)| rest.split(['/', '?', ':']).next().unwrap_or_default());
        let host = generic.then_some(tidy::Host(host));
        let mut tidied = tidy::tidy(body.pieces, title.as_deref(), lead.as_deref(), host, self.words);
        self.related(&mut tidied.pieces, body.root);

        let publisher = self.publisher();
        let (authors, credit) = self.authors(&tidied.signatures, publisher.as_deref().unwrap_or_default(), title_node, body.root);
        let (published, published_from) = self.published(title_node, body.root);
        let rendered = self.rendered(title_node, published);
        let modified = self.head.linked.modified.as_deref().or_else(|| self.head.modified()).and_then(time::stated);

        let mut text = Assembled::default();
        if let Some(title) = &title {
            text.push(head_piece(BlockKind::Title, title));
        } else {
            self.issues.push(Issue::new(IssueKind::NoTitle, "title", "the page has none"));
        }
        if let Some(lead) = &lead {
            text.push(head_piece(BlockKind::Lead, lead));
        }
        tidied.pieces.into_iter().for_each(|piece| text.push(piece));
        self.issues.append(&mut text.issues);
        let paging = self.paging();
        let lost = text.text.matches('\u{FFFD}').count();
        if lost > 0 && !self.issues.iter().any(|issue| issue.kind == IssueKind::Encoding) {
            self.issues.push(Issue::new(IssueKind::Encoding, "text", format!("{lost} characters are lost")));
        }
        let profile = match self.profile.filter(|_| !generic) {
            Some(profile) if profile.layouts() > 1 => format!("{}/{}", profile.id, profile.layouts() - self.layout),
            Some(profile) => profile.id.clone(),
            None => "generic".to_owned(),
        };
        let article = Article {
            id: self.page.id.to_owned(),
            source: self.page.source.to_owned(),
            url: self.page.url.map(str::to_owned),
            canonical_url: self.canonical(),
            publisher,
            publisher_region: self.profile.and_then(|profile| profile.region.clone()),
            profile,
            lead_prefix: lead.as_deref().and_then(lead_prefix).map(str::to_owned),
            lead,
            title,
            authors,
            credit,
            section: self.section(),
            tags: self.tags(),
            published,
            published_from,
            modified,
            rendered,
            fetched: self.page.fetched,
            language: self.language(&text.text),
            content_hash: assemble::hash(&text.text),
            text: text.text,
            blocks: text.blocks,
            cells: text.cells,
            issues: self.issues,
        };
        Extraction { article: Some(article), paging, refusal: None }
    }

    /// Whether the page lists articles instead of being one: nothing calls it an article, and its headings are links.
    fn listing(&self, body: &Body<'a>, html: &'a Html) -> Option<Issue> {
        let kind = self.head.meta_of(&["og:type"]).unwrap_or_default();
        let stated = self.head.linked.headline.is_some() || self.head.linked.published.is_some() || self.head.published().is_some();
        if !body.generic || kind == "article" || stated {
            return None;
        }
        let headlines = |root: Node<'a>| {
            let headings = dom::descend(root).filter(|node| matches!(dom::tag(*node), "h2" | "h3" | "h4"));
            let linked = |node: &Node<'a>| dom::descend(*node).take(12).chain(node.parent()).any(|inner| dom::tag(inner) == "a");
            headings.filter(linked).take(60).count()
        };
        let address = self.page.url.or_else(|| self.head.address()).unwrap_or_default();
        let root = address
            .split_once("://")
            .is_some_and(|(_, rest)| rest.trim_end_matches('/').split(['?', '#']).next().is_some_and(|path| !path.contains('/')));
        let all = headlines(html.tree.root());
        let inside = headlines(body.root);
        (inside >= 8 || all >= 12 && (kind == "website" || root))
            .then(|| Issue::new(IssueKind::NotAnArticle, "body", format!("a section or front page: {all} headlines of other pages")))
    }

    /// The headline: the profile's, else the first-rank heading that metadata confirms, else metadata.
    fn title(&self) -> (Option<String>, Option<Node<'a>>) {
        let lines = |nodes: Vec<Node<'a>>| nodes.into_iter().map(|node| (dom::line(node), node)).find(|(line, _)| !line.is_empty());
        if let Some((title, node)) = lines(self.marks.all(Part::Title).collect()) {
            return (Some(title), Some(node));
        }
        let stated = self
            .head
            .linked
            .headline
            .clone()
            .or_else(|| self.head.meta_of(&["og:title", "twitter:title", "DC.Title", "title"]).map(clean::clean));
        let document = self.head.title.clone();
        let headlines: Vec<(String, Node)> =
            self.head.headlines.iter().map(|node| (dom::line(*node), *node)).filter(|(line, _)| !line.is_empty()).collect();
        // Any of the page's names for itself will do: a site's own name and slogan are none of them.
        let names: Vec<Vec<String>> = [stated.as_deref(), document.as_deref()].into_iter().flatten().map(words_of).collect();
        let shared = |line: &str| shared_words(&words_of(line), &names);
        let confirmed = headlines.iter().map(|headline| (shared(&headline.0), headline)).max_by_key(|(shared, _)| *shared);
        if let Some((_, (line, node))) = confirmed.filter(|(shared, _)| *shared >= 500) {
            return (Some(line.clone()), Some(*node));
        }
        if let Some(stated) = stated.filter(|stated| !stated.is_empty()) {
            let title = without_site(&stated, &self.site_names());
            let node = self.printed(&title);
            return (Some(title), node);
        }
        match headlines.into_iter().next() {
            Some((line, node)) if line.split_whitespace().count() > 2 => (Some(line), Some(node)),
            other => (
                document
                    .map(|title| without_site(&title, &self.site_names()))
                    .filter(|title| !title.is_empty())
                    .or(other.map(|(line, _)| line)),
                None,
            ),
        }
    }

    /// The element that prints a title, on a page without a heading of the first rank.
    fn printed(&self, title: &str) -> Option<Node<'a>> {
        let wanted = tidy::folded(title);
        let text = dom::descend(self.head.body?).find(|node| {
            let Some(text) = node.value().as_text() else { return false };
            let near = text.len() >= title.len() && text.len() < title.len() + 200;
            near && node.parent().is_none_or(|parent| !matches!(dom::tag(parent), "a" | "script" | "style")) && tidy::folded(text) == wanted
        })?;
        text.parent()
    }

    fn site_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.head.metas_named("og:site_name").map(clean::clean).collect();
        names.extend(self.profile.and_then(|profile| profile.publisher.clone()));
        names.extend(self.head.linked.publisher.clone());
        names
    }

    /// The lines after the headline, looked up once.
    pub(crate) fn near(&self, title: Option<Node<'a>>) -> &[(Node<'a>, String)] {
        self.near.get_or_init(|| title.map(|title| lines_after(title, MOST_NEAR)).unwrap_or_default())
    }

    /// The lead: the profile's, else what stands between headline and body and is the page's own description.
    fn lead(&self, body: &Body<'a>, title: Option<Node<'a>>) -> Option<String> {
        let marked = self.marks.all(Part::Lead).map(dom::line).find(|line| !line.is_empty());
        if marked.is_some() || !body.generic {
            return marked;
        }
        self.described(body, title).or_else(|| self.named_lead(title, body.root))
    }

    /// The line that is the page's own description of itself.
    fn described(&self, body: &Body<'a>, title: Option<Node<'a>>) -> Option<String> {
        let description = self.head.meta_of(&["og:description", "description", "twitter:description"]).map(clean::clean)?;
        let wanted = tidy::folded(&description);
        let letters = wanted.chars().count();
        if letters < 25 {
            return None;
        }
        let matches = |line: &str| {
            if line.len() * 10 < letters * 8 {
                return false;
            }
            let line = tidy::folded(line);
            let long = line.chars().count() * 10 >= letters * 8;
            long && line.chars().count() < 700
                && (line == wanted || line.starts_with(&wanted) || line.ends_with(&wanted) || wanted.starts_with(&line))
        };
        if let Some(piece) = body.pieces.iter().take(6).find(|piece| matches(&piece.text)) {
            // A Vietnamese description is the lead; elsewhere it often repeats the first paragraph.
            let lead = piece.kind == BlockKind::Heading || clean::vietnamese_letters(&piece.text) > 3;
            return lead.then(|| piece.text.clone());
        }
        let near = self.near(title);
        near.iter().map(|(_, line)| line).find(|line| matches(line)).cloned()
    }

    /// The line near the headline whose class calls it the lead.
    fn named_lead(&self, title: Option<Node<'a>>, body: Node<'a>) -> Option<String> {
        let near = self.near(title);
        let called = |node: Node| {
            std::iter::once(node).chain(node.ancestors().take(1)).filter_map(|node| node.value().as_element()).any(|element| {
                let class = dom::attr(element, &html5ever::local_name!("class")).unwrap_or_default();
                generic::words(class).any(|word| self.words.lead_names.has(&word.to_ascii_lowercase()))
            })
        };
        // Behind the article, the same class is that of teasers.
        let ahead = |node: Node<'a>| node.id() < body.id() || dom::is_within(node, body);
        let lead = near.iter().find(|(node, line)| (25..600).contains(&line.chars().count()) && ahead(*node) && called(*node));
        lead.map(|(_, line)| line.clone())
    }

    /// Links of the profile's boxes outside the body.
    fn related(&self, pieces: &mut Vec<Piece>, root: Node<'a>) {
        let boxes: Vec<Node> = self.marks.all(Part::Related).filter(|node| !dom::is_within(*node, root)).take(MOST_BOXES).collect();
        for (at, node) in boxes.iter().enumerate() {
            if boxes[..at].iter().any(|outer| dom::is_within(*node, *outer)) {
                continue;
            }
            for link in walk::links(*node) {
                if !pieces.iter().any(|piece| piece.kind == BlockKind::Related && piece.href == link.href) {
                    pieces.push(link);
                }
            }
        }
    }
}

/// Vietnamese, if its letters say so.
pub fn language(text: &str) -> Option<String> {
    let (mut letters, mut signs) = (0, 0);
    for c in text.chars().take(2000) {
        signs += usize::from(c > ' ');
        letters += usize::from(clean::is_vietnamese(c));
    }
    (letters * 25 > signs).then(|| "vi".to_owned())
}

fn roles_of(marks: &Marks<'_>) -> Roles {
    let mut roles = Roles::default();
    for (part, role) in [(Part::Caption, Role::Caption), (Part::Drop, Role::Drop), (Part::Related, Role::Related)] {
        // A box without links leads nowhere: what it says is the article's.
        let boxes = marks.all(part).filter(|node| role != Role::Related || dom::has_link(*node));
        roles.extend(boxes.map(|node| (node.id(), role)));
    }
    roles
}

fn head_piece(kind: BlockKind, text: &str) -> Piece {
    walk::plain(kind, text.to_owned(), text.chars().count())
}

/// The lines of the blocks after a headline, until prose begins; so many at most.
pub fn lines_after(title: Node<'_>, most: usize) -> Vec<(Node<'_>, String)> {
    let root = title.ancestors().last().unwrap_or(title);
    let mut lines = Vec::new();
    let mut at = dom::after(title, root);
    let mut steps = 0;
    while let Some(node) = at {
        steps += 1;
        if steps > 400 || lines.len() == most {
            break;
        }
        let name = dom::tag(node);
        if dom::is_silent(name) {
            at = dom::after(node, root);
            continue;
        }
        let leaf = dom::is_block(name) && !dom::descend(node).skip(1).take(60).any(|inner| dom::is_block(dom::tag(inner)));
        let bare = name.is_empty() || matches!(name, "span" | "time" | "a" | "em" | "i" | "strong" | "b");
        if leaf || bare {
            let line = dom::beginning(node, LONG_LINE);
            let long = line.chars().count() > 600;
            if !line.is_empty() {
                lines.push((node, line));
            }
            if long {
                break;
            }
            at = dom::after(node, root);
        } else {
            at = dom::next(node, root);
        }
    }
    lines
}

/// The words of a line, folded.
fn words_of(line: &str) -> Vec<String> {
    line.split_whitespace().map(tidy::folded).filter(|word| !word.is_empty()).collect()
}

/// How many of a thousand words of a line one of the page's names has, at best.
fn shared_words(line: &[String], names: &[Vec<String>]) -> usize {
    let shared = |name: &Vec<String>| line.iter().filter(|word| name.contains(word)).count();
    names.iter().map(|name| shared(name) * 1000 / line.len().max(1)).max().unwrap_or(0)
}

/// A document's title without the site's name behind or before it.
fn without_site(title: &str, sites: &[String]) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » "] {
        if let Some((rest, site)) = title.rsplit_once(mark) {
            let short = site.split_whitespace().count() <= 5 && rest.split_whitespace().count() > 3;
            let named = sites.iter().any(|name| tidy::folded(name).contains(&tidy::folded(site)));
            if named || short && mark == " | " {
                return rest.trim().to_owned();
            }
        }
    }
    title.to_owned()
}

/// `(Dân trí)`, `NDO`: what stands before the lead's dash.
pub fn lead_prefix(lead: &str) -> Option<&str> {
    let end = match lead.strip_prefix('(') {
        Some(rest) => rest.find(')')? + 2,
        None => lead.find([' ', '-', '–'])?,
    };
    let (prefix, rest) = lead.split_at(end);
    let dashed = rest.trim_start().starts_with(['-', '–', '—']);
    let capitals = prefix.starts_with('(')
        || prefix.chars().count() >= 2 && prefix.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '+');
    (dashed && capitals && prefix.chars().count() <= 24).then_some(prefix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_a_leads_prefix() {
        for (lead, want) in [
            ("(Dân trí) - Tháng 2/2025", Some("(Dân trí)")),
            ("(NLĐO)- Giá", Some("(NLĐO)")),
            ("NDO - Sau năm", Some("NDO")),
            ("GDP tăng", None),
            ("Xuất khẩu - nhập khẩu tăng", None),
            ("(Xem bảng) tăng", None),
        ] {
            assert_eq!(lead_prefix(lead), want, "{lead}");
        }
    }

    #[test]
    fn takes_the_sites_name_off_a_title() {
        assert_eq!(without_site("Giá xăng tăng 3% | Sức khỏe Việt", &[]), "Giá xăng tăng 3%");
        assert_eq!(without_site("Quý 3 - tăng trưởng", &[]), "Quý 3 - tăng trưởng");
    }
}
