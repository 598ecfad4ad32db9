//! The pages of an article as one article.

use model::{Article, Block, BlockKind, Issue, IssueKind};

use crate::assemble::{self, Assembled};

/// A block on its way into the whole, with the page that it is from.
struct Placed<'a> {
    kind: BlockKind,
    block: &'a Block,
    page: &'a Article,
}

/// Puts all pages of an article together, in their order; what the head says is the first page's word.
pub fn joined(pages: impl Iterator<Item = Article>) -> Option<Article> {
    let pages: Vec<Article> = pages.collect();
    let mut text = Assembled::default();
    for placed in body(&pages) {
        text.append(Block { kind: placed.kind, ..placed.block.clone() }, &placed.page.cells);
    }
    let issues = issues(&pages);
    let mut pages = pages.into_iter();
    let mut whole = pages.next()?;
    pages.for_each(|page| learn(&mut whole, page));
    let content_hash = assemble::hash(&text.text);
    Some(Article { text: text.text, blocks: text.blocks, cells: text.cells, content_hash, issues, ..whole })
}

/// The blocks of all pages, without what a page only repeats.
fn body(pages: &[Article]) -> Vec<Placed<'_>> {
    let mut body: Vec<Placed> = Vec::new();
    for page in pages {
        let fresh = fresh(page, &pages[0], &body);
        // A signature under every page is the signature of the last.
        body.retain(|placed| placed.kind != BlockKind::Byline || !fresh.iter().any(|later| later.block.text == placed.block.text));
        body.extend(fresh);
    }
    body
}

/// What a page adds to those before it: neither the head that it has in common with the first, nor a link that led them on.
fn fresh<'a>(page: &'a Article, first: &Article, body: &[Placed<'_>]) -> Vec<Placed<'a>> {
    let is_new = |link: &Block| !body.iter().any(|placed| placed.kind == BlockKind::Related && placed.block.href == link.href);
    let head = if body.is_empty() { 0 } else { printed(first).zip(printed(page)).take_while(|(a, b)| repeats(b, a)).count() };
    let mut place = 0;
    let mut fresh = Vec::new();
    for block in &page.blocks {
        let is_fresh = if block.kind == BlockKind::Related {
            is_new(block)
        } else {
            place += 1;
            place > head
        };
        let kind = match block.kind {
            BlockKind::Title if !body.is_empty() => BlockKind::Heading,
            BlockKind::Lead if !body.is_empty() => BlockKind::Paragraph,
            kind => kind,
        };
        if is_fresh {
            fresh.push(Placed { kind, block, page });
        }
    }
    fresh
}

/// The blocks that are part of an article's text.
fn printed(article: &Article) -> impl Iterator<Item = &Block> {
    article.blocks.iter().filter(|block| block.kind != BlockKind::Related)
}

/// Whether a block prints another once more; titles may say which page it is.
fn repeats(block: &Block, other: &Block) -> bool {
    let titles = block.kind == BlockKind::Title && other.kind == BlockKind::Title;
    block.image == other.image && (block.text == other.text || titles && block.text.contains(&other.text))
}

/// What the pages could not read, with the number of the page, and what they are put together from.
fn issues(pages: &[Article]) -> Vec<Issue> {
    let sources: Vec<&str> = pages.iter().map(|page| page.source.as_str()).collect();
    let why = format!("put together from {} pages: {}", pages.len(), sources.join(", "));
    let mut issues = vec![Issue::new(IssueKind::SeveralPages, "pages", why)];
    for (at, page) in pages.iter().enumerate() {
        let others = page.issues.iter().filter(|issue| issue.kind != IssueKind::SeveralPages);
        issues.extend(others.map(|issue| Issue { place: format!("page {}, {}", at + 1, issue.place), ..issue.clone() }));
    }
    issues
}

/// Adds what a further page says of its article.
fn learn(whole: &mut Article, page: Article) {
    add(&mut whole.authors, page.authors);
    add(&mut whole.tags, page.tags);
    whole.publisher = whole.publisher.take().or(page.publisher);
    whole.credit = whole.credit.take().or(page.credit);
    whole.section = whole.section.take().or(page.section);
    whole.language = whole.language.take().or(page.language);
    whole.modified = [whole.modified, page.modified].into_iter().flatten().max_by_key(|when| when.timestamp());
    if whole.published.is_none() {
        (whole.published, whole.published_from) = (page.published, page.published_from);
    }
}

fn add(names: &mut Vec<String>, further: Vec<String>) {
    for name in further {
        if !names.contains(&name) {
            names.push(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(source: &str, pieces: &[(BlockKind, &str)]) -> Article {
        let mut text = Assembled::default();
        for (kind, piece) in pieces {
            let related = *kind == BlockKind::Related;
            let (span, href) = if related { (None, Some((*piece).to_owned())) } else { (Some((0, 0)), None) };
            text.append(Block { kind: *kind, text: (*piece).to_owned(), span, href, image: None }, &[]);
        }
        Article { text: text.text, blocks: text.blocks, ..Article::empty(source, source) }
    }

    fn whole(pages: &[Article]) -> Vec<(BlockKind, String)> {
        let whole = joined(pages.iter().cloned()).unwrap();
        whole.blocks.into_iter().map(|block| (block.kind, block.text)).collect()
    }

    #[test]
    fn a_page_with_a_title_of_its_own_begins_with_a_heading() {
        let (title, lead, text) = (BlockKind::Title, BlockKind::Lead, BlockKind::Paragraph);
        let pages = [page("1", &[(title, "Lúa gạo"), (text, "a")]), page("2", &[(title, "Cà phê"), (lead, "b"), (text, "c")])];
        let expected = [(title, "Lúa gạo"), (text, "a"), (BlockKind::Heading, "Cà phê"), (text, "b"), (text, "c")];
        assert_eq!(whole(&pages), expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn links_and_signatures_of_every_page_come_once() {
        let (text, related, byline) = (BlockKind::Paragraph, BlockKind::Related, BlockKind::Byline);
        let pages = [
            page("1", &[(text, "a"), (related, "/x"), (byline, "Lâm")]),
            page("2", &[(related, "/x"), (related, "/y"), (text, "b"), (byline, "Lâm")]),
        ];
        let expected = [(text, "a"), (related, "/x"), (related, "/y"), (text, "b"), (byline, "Lâm")];
        assert_eq!(whole(&pages), expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn what_pages_could_not_read_names_the_page() {
        let (mut first, mut second) = (page("1", &[]), page("2", &[]));
        first.issues.push(Issue::new(IssueKind::SeveralPages, "page", "page 1"));
        second.issues.push(Issue::new(IssueKind::Time, "published", "none"));
        let issues = joined([first, second].into_iter()).unwrap().issues;
        let said: Vec<String> = issues.iter().map(|issue| format!("{}: {}", issue.place, issue.why)).collect();
        assert_eq!(said, ["pages: put together from 2 pages: 1, 2", "page 2, published: none"]);
    }
}
