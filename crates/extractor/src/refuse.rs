//! Pages that are no articles: what they are, so that a refusal says more than that there was nothing.

use model::{Issue, IssueKind};

use crate::clean::{self, clean};
use crate::head::Head;
use crate::words::Words;

/// Whether the title alone says that there is no article.
pub fn by_title(title: &str, words: &Words) -> Option<Issue> {
    if words.error_titles.strip(title).is_some() && title.chars().count() < 80 {
        return Some(Issue::new(IssueKind::NotAnArticle, "title", format!("an error page: {title}")));
    }
    if words.search_titles.strip(title).is_some() && title.chars().count() < 80 {
        return Some(Issue::new(IssueKind::NotAnArticle, "title", "a page of search results"));
    }
    None
}

/// What a page without a body is.
pub fn without_body(head: &Head<'_>, text: &str, links: usize, words: &Words) -> Issue {
    let lower = clean::lower(text);
    let kind = head.meta_of(&["og:type"]).map(clean).unwrap_or_default();
    if let Some((start, end)) = words.wall.all(&lower).next() {
        return Issue::new(IssueKind::NotAnArticle, "body", format!("a wall that asks readers to log in or pay: “{}”", &lower[start..end]));
    }
    if kind.starts_with("video")
        || head.linked.kinds.iter().any(|kind| kind == "VideoObject")
        || head.players > 0 && text.chars().count() < 2500
    {
        return Issue::new(IssueKind::NotAnArticle, "body", "a video without a text");
    }
    if head.linked.kinds.iter().any(|kind| kind == "ImageGallery") {
        return Issue::new(IssueKind::NotAnArticle, "body", "a gallery without a text");
    }
    if links >= 20 {
        return Issue::new(IssueKind::NotAnArticle, "body", format!("a section or front page: {links} links and no text"));
    }
    Issue::new(IssueKind::NoBody, "body", "no text of an article was found")
}
