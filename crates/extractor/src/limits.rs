//! Limits on a page's markup, so that a hostile one costs no more than a long one.
//!
//! The parser's work grows with the square of the depth of open elements and of the attributes of one tag.
//! No page that people read comes near these limits; one that does is cut to them, and the reader reports it.

use std::borrow::Cow;

use model::{Issue, IssueKind};

use crate::parse;

/// Open elements; real pages have fewer than two hundred.
const DEEPEST: usize = 1_000;
/// Attributes of one tag; real ones have fewer than fifty.
const MOST_ATTRIBUTES: usize = 500;
/// A tag longer than this is looked at.
const LONG_TAG: usize = 16 * 1024;
/// More than this is no page; the parser's tree would take a multiple of it in memory.
const LARGEST: usize = 128 * 1024 * 1024;

/// The source within the limits, and what was cut.
pub fn within(source: &str) -> (Cow<'_, str>, Option<Issue>) {
    let source = front(source, LARGEST);
    if !suspicious(source) {
        return (Cow::Borrowed(source), None);
    }
    let (cut, removed) = cut(source);
    if removed == 0 {
        return (Cow::Borrowed(source), None);
    }
    let why = format!("{removed} tags nest deeper than {DEEPEST} or have more than {MOST_ATTRIBUTES} attributes");
    (Cow::Owned(cut), Some(Issue::new(IssueKind::TooLarge, "markup", why)))
}

/// As much of a text as fits into so many bytes.
pub fn front(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A cheap look that no honest page fails: tags that open less tags that close, and the length of tags.
fn suspicious(source: &str) -> bool {
    let bytes = source.as_bytes();
    let mut depth = 0usize;
    let mut before = 0;
    for at in memchr::memchr_iter(b'<', bytes) {
        if at - before > LONG_TAG && memchr::memchr(b'>', &bytes[before..at]).is_none_or(|end| end > LONG_TAG) {
            return true;
        }
        before = at;
        match bytes.get(at + 1) {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(byte) if byte.is_ascii_alphabetic() => depth += 1,
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
    }
    bytes.len() - before > LONG_TAG && memchr::memchr(b'>', &bytes[before..]).is_none_or(|end| end > LONG_TAG)
}

/// Copies the source without the tags beyond the limits; how many there were.
fn cut(source: &str) -> (String, usize) {
    let mut out = String::with_capacity(source.len());
    let (mut depth, mut skipped, mut removed) = (0usize, 0usize, 0usize);
    let mut rest = source;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(tag) = Tag::front(rest) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        let (text, after) = rest.split_at(tag.len);
        rest = after;
        if tag.nests() {
            if tag.closes && skipped > 0 {
                skipped -= 1;
                continue;
            }
            if tag.closes {
                depth = depth.saturating_sub(1);
            } else if depth >= DEEPEST {
                skipped += 1;
                removed += 1;
                continue;
            } else {
                depth += 1;
            }
        }
        match tag.attributes_end {
            Some(end) => {
                removed += 1;
                out.push_str(&text[..end]);
                out.push('>');
            }
            None => out.push_str(text),
        }
        if !tag.closes && matches!(&*tag.name, "script" | "style" | "textarea" | "title") {
            let end = parse::end_of_code(rest, &tag.name);
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out.push_str(rest);
    (out, removed)
}

/// A tag in front of a text.
struct Tag {
    name: String,
    closes: bool,
    len: usize,
    /// Where the attributes that are kept end, if there are too many.
    attributes_end: Option<usize>,
}

impl Tag {
    fn front(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        let closes = bytes.get(1) == Some(&b'/');
        let start = 1 + usize::from(closes);
        let name_len = bytes[start..].iter().take(20).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if name_len == 0 {
            return None;
        }
        let name = text[start..start + name_len].to_ascii_lowercase();
        let (mut quote, mut gaps, mut attributes_end) = (None, 0usize, None);
        let mut at = start + name_len;
        while let Some(byte) = bytes.get(at) {
            match byte {
                byte if quote.is_some() => quote = quote.filter(|mark| mark != byte),
                b'"' | b'\'' => quote = Some(*byte),
                b'>' => return Some(Self { name, closes, len: at + 1, attributes_end }),
                byte if byte.is_ascii_whitespace() || *byte == b'/' => {
                    gaps += 1;
                    if gaps == MOST_ATTRIBUTES {
                        attributes_end = Some(at);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        Some(Self { name, closes, len: text.len(), attributes_end })
    }

    /// Whether it opens or closes an element that holds others; paragraphs, items and cells close each other.
    fn nests(&self) -> bool {
        !matches!(
            &*self.name,
            "p" | "li"
                | "td"
                | "tr"
                | "th"
                | "dt"
                | "dd"
                | "option"
                | "br"
                | "img"
                | "hr"
                | "input"
                | "meta"
                | "link"
                | "source"
                | "area"
                | "base"
                | "col"
                | "embed"
                | "param"
                | "track"
                | "wbr"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honest_pages_pass_untouched() {
        let page = "<div><p>một<p>hai<br><img src=\"a>b\"></div>".repeat(3000);
        let (text, issue) = within(&page);
        assert!(matches!(text, Cow::Borrowed(_)) || text == page);
        assert!(issue.is_none());
    }

    #[test]
    fn deep_nesting_and_many_attributes_are_cut() {
        let nested = "<div>".repeat(50_000) + "<p>chữ" + &"</div>".repeat(50_000);
        let (text, issue) = within(&nested);
        assert_eq!(text.matches("<div>").count(), DEEPEST);
        assert_eq!(text.matches("</div>").count(), DEEPEST);
        assert_eq!(issue.map(|issue| issue.kind), Some(IssueKind::TooLarge));
        let many = " a=x".repeat(100_000);
        let page = format!("<div{many}>chữ");
        let (text, issue) = within(&page);
        assert!(text.len() < 10_000 && text.ends_with(">chữ") && issue.is_some());
    }
}
