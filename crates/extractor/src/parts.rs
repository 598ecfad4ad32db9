//! Articles on several pages: their pages wait for each other, and become one article where all of them came.

use std::collections::{BTreeMap, VecDeque};

use model::{Article, Issue, IssueKind};

use crate::address::Paging;
use crate::join;

/// Bytes of pages that wait, about; beyond it the article that has waited longest waits no more.
const MOST_WAITING: usize = 32 << 20;

/// Bytes that a block or cell takes beside its text, about.
const BESIDE_TEXT: usize = 128;

/// Pages that wait for the others of their article.
///
/// What comes out depends on the pages and, beyond the bound, on their order alone.
#[derive(Debug, Default)]
pub struct Parts {
    waiting: BTreeMap<String, Vec<Part>>,
    /// Keys of what waits, the one that has waited longest in front.
    order: VecDeque<String>,
    bytes: usize,
    joined: u64,
}

/// A page that holds a part of its article.
#[derive(Debug)]
struct Part {
    paging: Paging,
    article: Article,
}

impl Parts {
    /// Takes a page in, and gives out what waits no more: an article on one page at once.
    pub fn add(&mut self, article: Article, paging: Option<Paging>) -> Vec<Article> {
        self.add_within(MOST_WAITING, article, paging)
    }

    fn add_within(&mut self, most: usize, article: Article, paging: Option<Paging>) -> Vec<Article> {
        let Some(paging) = paging else { return vec![article] };
        let key = paging.article().to_owned();
        self.bytes += weight(&article);
        let parts = self.waiting.entry(key.clone()).or_default();
        if parts.is_empty() {
            self.order.push_back(key);
        }
        parts.push(Part { paging, article });
        let mut out = Vec::new();
        while self.bytes > most && self.release(&mut out) {}
        out
    }

    /// Gives out all that waits; there are no more pages.
    pub fn finish(&mut self) -> Vec<Article> {
        let mut out = Vec::new();
        while self.release(&mut out) {}
        out
    }

    /// Pages so far that are now a part of the article that begins on another.
    pub fn joined(&self) -> u64 {
        self.joined
    }

    /// Lets the article go that has waited longest, if one waits.
    fn release(&mut self, out: &mut Vec<Article>) -> bool {
        let Some(parts) = self.order.pop_front().and_then(|key| self.waiting.remove(&key)) else { return false };
        self.bytes -= parts.iter().map(|part| weight(&part.article)).sum::<usize>();
        for parts in copies(parts) {
            match missing(&parts) {
                None => {
                    self.joined += parts.len() as u64 - 1;
                    out.extend(join::joined(parts.into_iter().map(|part| part.article)));
                }
                Some(why) => out.extend(parts.into_iter().map(|part| apart(part.article, &why))),
            }
        }
        true
    }
}

/// The parts of an article in order, apart from those of its further copies: a page may have come twice.
fn copies(mut parts: Vec<Part>) -> Vec<Vec<Part>> {
    parts.sort_by(|a, b| {
        let key = |part: &Part| (part.paging.number, part.article.fetched.map(model::When::timestamp));
        key(a).cmp(&key(b)).then_with(|| a.article.source.cmp(&b.article.source))
    });
    let mut copies: Vec<Vec<Part>> = Vec::new();
    for part in parts {
        let number = part.paging.number;
        match copies.iter_mut().find(|copy| copy.last().is_some_and(|last| last.paging.number < number)) {
            Some(copy) => copy.push(part),
            None => copies.push(vec![part]),
        }
    }
    copies
}

/// Says which pages of an article did not come, if any.
fn missing(parts: &[Part]) -> Option<String> {
    let last = parts.last()?;
    let end = last.paging.number + u32::from(last.paging.next.is_some());
    let mut missing = (1..=end).filter(|number| !parts.iter().any(|part| part.paging.number == *number));
    let first = missing.next()?;
    Some(match missing.count() {
        0 => format!("not put together: page {first} did not come with it"),
        more => format!("not put together: page {first} and {more} more did not come with it"),
    })
}

/// A part that stays an article of its own.
fn apart(mut article: Article, why: &str) -> Article {
    article.issues.push(Issue::new(IssueKind::SeveralPages, "pages", why));
    article
}

fn weight(article: &Article) -> usize {
    let blocks = article.blocks.iter().map(|block| block.text.len());
    let cells = article.cells.iter().map(|cell| cell.text.len());
    article.text.len() + blocks.chain(cells).map(|text| text + BESIDE_TEXT).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use model::{Block, BlockKind};

    use super::*;

    fn page(article: &str, number: u32, of: u32) -> (Article, Option<Paging>) {
        let first = format!("https://bao.example/{article}");
        let next = (number < of).then(|| format!("{first}?page={}", number + 1));
        let text = format!("{article} {number}");
        let block =
            Block { kind: BlockKind::Paragraph, span: Some((0, text.chars().count() as u32)), text: text.clone(), href: None, image: None };
        let name = format!("{article}-{number}");
        (Article { text, blocks: vec![block], ..Article::empty(name.clone(), name) }, Some(Paging { number, first, next }))
    }

    fn read(most: usize, pages: Vec<(Article, Option<Paging>)>) -> Vec<String> {
        let mut parts = Parts::default();
        let mut out: Vec<Article> = pages.into_iter().flat_map(|(article, paging)| parts.add_within(most, article, paging)).collect();
        out.extend(parts.finish());
        assert_eq!(parts.bytes, 0);
        out.into_iter().map(|article| article.text.replace("\n\n", " + ")).collect()
    }

    #[test]
    fn pages_become_one_in_whatever_order_they_come() {
        for order in [[1, 2, 3], [3, 1, 2], [2, 3, 1]] {
            let pages = order.iter().map(|number| page("an", *number, 3)).collect();
            assert_eq!(read(MOST_WAITING, pages), ["an 1 + an 2 + an 3"]);
        }
    }

    #[test]
    fn a_page_that_came_twice_is_joined_once() {
        let pages = vec![page("an", 2, 2), page("an", 1, 2), page("an", 1, 2)];
        assert_eq!(read(MOST_WAITING, pages), ["an 1 + an 2", "an 1"]);
    }

    #[test]
    fn what_misses_a_page_stays_apart_and_says_so() {
        let mut parts = Parts::default();
        for (number, of) in [(4, 5), (2, 5)] {
            let (article, paging) = page("an", number, of);
            assert!(parts.add(article, paging).is_empty());
        }
        let out = parts.finish();
        assert_eq!(out.iter().map(|article| article.text.as_str()).collect::<Vec<_>>(), ["an 2", "an 4"]);
        assert!(out.iter().all(|article| article.issues[0].why == "not put together: page 1 and 2 more did not come with it"));
        assert_eq!(parts.joined(), 0);
    }

    #[test]
    fn memory_is_bounded_and_nothing_is_lost() {
        let pages = || vec![page("a", 1, 2), page("b", 1, 2), page("b", 2, 2), page("a", 2, 2)];
        assert_eq!(read(MOST_WAITING, pages()), ["a 1 + a 2", "b 1 + b 2"]);
        assert_eq!(read(2 * (BESIDE_TEXT + 6), pages()), ["a 1", "b 1 + b 2", "a 2"]);
        assert_eq!(read(0, pages()), ["a 1", "b 1", "b 2", "a 2"]);
    }
}
