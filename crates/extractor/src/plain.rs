//! Articles that come as text: pages saved as plain text, and JSON Lines.
//!
//! The text stays as it is, to the character; the blocks point into it, one a line.

use model::{Article, Block, BlockKind, Issue, IssueKind, PublishedFrom, When};
use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

use crate::profile::Profiles;
use crate::words::Words;
use crate::{Extraction, Page, assemble, clean, encoding, html, legacy, names, tidy, time};

/// A line with something on it, and where it stands.
#[derive(Clone, Copy, Debug)]
struct Line<'t> {
    text: &'t str,
    start: u32,
    end: u32,
}

/// What a text's lines are.
#[derive(Default)]
struct Lines {
    title: Option<String>,
    lead: Option<String>,
    blocks: Vec<Block>,
    signatures: Vec<String>,
    rendered: Option<When>,
    shown: Option<When>,
}

/// Reads a page that was saved as plain text.
pub fn text(page: &Page<'_>, words: &Words) -> Extraction {
    let decoded = match encoding::decode(page.bytes, page.charset) {
        Ok(decoded) => decoded,
        Err(refusal) => return Extraction::refused(refusal),
    };
    let mut issues = decoded.issues;
    let text = match legacy::in_unicode(&decoded.text) {
        Some((text, repair)) => {
            issues.push(repair);
            text.nfc().collect()
        }
        None => decoded.text.into_owned(),
    };
    let read = lines(&text, words, None, true);
    let mut article = blank(page, text, "text");
    article.issues = issues;
    article.rendered = read.rendered;
    if let Some(shown) = read.shown {
        article.published = Some(shown);
        article.published_from = Some(PublishedFrom::Markup);
    } else if let Some(when) = page.url.and_then(time::in_url) {
        article.published = Some(when);
        article.published_from = Some(PublishedFrom::Url);
    }
    Extraction::of(filled(article, read, words))
}

/// One line of JSON Lines; keys that say nothing here are passed over.
#[derive(Deserialize)]
struct Record {
    id: Option<Id>,
    url: Option<String>,
    title: Option<String>,
    #[serde(alias = "published_at", alias = "date_publish", alias = "date")]
    published: Option<String>,
    #[serde(alias = "maintext", alias = "content")]
    text: Option<String>,
    #[serde(default)]
    authors: Vec<String>,
    #[serde(alias = "source_domain", alias = "source")]
    publisher: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(i64),
}

/// Reads one line of JSON Lines.
pub fn json(page: &Page<'_>, profiles: &Profiles, words: &Words) -> Extraction {
    let refused = |kind, why: String| Extraction::refused(Issue::new(kind, "line", why));
    if page.bytes.iter().all(u8::is_ascii_whitespace) {
        return refused(IssueKind::Empty, "there is nothing in it".to_owned());
    }
    let record: Record = match serde_json::from_slice(page.bytes) {
        Ok(record) => record,
        Err(error) => return refused(IssueKind::Malformed, format!("no article as JSON: {error}")),
    };
    let Some(text) = record.text.filter(|text| !text.trim().is_empty()) else {
        return refused(IssueKind::NoBody, "it has no `text` or `maintext`".to_owned());
    };
    let title = record.title.map(|title| clean::clean(&title)).filter(|title| !title.is_empty());
    let read = lines(&text, words, title.as_deref(), false);
    let mut article = blank(page, text, "json");
    article.title = title;
    match record.id {
        Some(Id::Text(id)) if !id.is_empty() => article.id = id,
        Some(Id::Number(id)) => article.id = id.to_string(),
        _ => {}
    }
    article.url = record.url.filter(|url| !url.is_empty()).or(article.url);
    if let Some(profile) = article.url.as_deref().and_then(|url| profiles.by_address(url)) {
        article.publisher.clone_from(&profile.publisher);
        article.publisher_region.clone_from(&profile.region);
    }
    article.publisher = article.publisher.or(record.publisher);
    article.authors = names::people(record.authors.iter().map(String::as_str), words, article.publisher.as_deref().unwrap_or_default());
    let published = record.published.filter(|published| !published.trim().is_empty());
    article.published = published.as_deref().and_then(time::stated);
    article.published_from = article.published.map(|_| PublishedFrom::Meta);
    if let (Some(published), None) = (published, article.published) {
        article.published = time::month(&published);
        article.published_from = article.published.map(|_| PublishedFrom::Meta);
        let said = if article.published.is_some() { "names no day, its last is taken" } else { "is no date" };
        article.issues.push(Issue::new(IssueKind::Time, "published", format!("“{published}” {said}")));
    }
    if article.published.is_none()
        && let Some(when) = article.url.as_deref().and_then(time::in_url)
    {
        article.published = Some(when);
        article.published_from = Some(PublishedFrom::Url);
    }
    Extraction::of(filled(article, read, words))
}

fn blank(page: &Page<'_>, text: String, profile: &str) -> Article {
    Article {
        id: page.id.to_owned(),
        source: page.source.to_owned(),
        url: page.url.map(str::to_owned),
        canonical_url: None,
        publisher: None,
        publisher_region: None,
        profile: profile.to_owned(),
        title: None,
        lead: None,
        lead_prefix: None,
        authors: Vec::new(),
        credit: None,
        section: None,
        tags: Vec::new(),
        published: None,
        published_from: None,
        modified: None,
        rendered: None,
        fetched: page.fetched,
        language: html::language(&text),
        content_hash: assemble::hash(&text),
        text,
        blocks: Vec::new(),
        cells: Vec::new(),
        issues: Vec::new(),
    }
}

fn filled(mut article: Article, read: Lines, words: &Words) -> Article {
    article.title = article.title.or(read.title);
    article.lead_prefix = read.lead.as_deref().and_then(html::lead_prefix).map(str::to_owned);
    article.lead = read.lead;
    article.blocks = read.blocks;
    for line in &read.signatures {
        let byline = names::read(line, words);
        if article.authors.is_empty() {
            article.authors = byline.authors;
        }
        article.credit = article.credit.or(byline.credit);
    }
    if article.title.is_none() {
        article.issues.push(Issue::new(IssueKind::NoTitle, "title", "no line of the text is one"));
    }
    article
}

/// The lines of a text with their places in characters.
fn split(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut at = 0u32;
    for line in text.split('\n') {
        let kept = line.trim_matches(|c: char| c.is_whitespace() || crate::clean::is_invisible(c));
        if !kept.is_empty() {
            let before = line.len() - line.trim_start_matches(|c: char| c.is_whitespace() || crate::clean::is_invisible(c)).len();
            let start = at + line[..before].chars().count() as u32;
            lines.push(Line { text: kept, start, end: start + kept.chars().count() as u32 });
        }
        at += line.chars().count() as u32 + 1;
    }
    lines
}

/// Tells what each line is. A saved page has a clock on top and a lead; a record's text may have neither.
fn lines(text: &str, words: &Words, title: Option<&str>, saved: bool) -> Lines {
    let mut read = Lines::default();
    // (a line may end where the page was wide, and not where a paragraph does)
    let text = &*model::unwrapped(text);
    let all = split(text);
    let mut rest = all.as_slice();
    if let Some((first, others)) = rest.split_first()
        && saved
        && let Some(when) = clock(first.text)
    {
        read.rendered = Some(when);
        rest = others;
    }
    if let Some((first, others)) = rest.split_first()
        && is_title(first.text, title, others)
    {
        read.title = Some(clean::clean(first.text));
        read.blocks.push(block(BlockKind::Title, *first));
        rest = others;
        while let Some((line, others)) = rest.split_first()
            && let Some(when) = clock(line.text)
        {
            read.shown = Some(when);
            rest = others;
        }
        if let Some((first, others)) = rest.split_first()
            && first.text.chars().count() > 60
            && !others.is_empty()
        {
            read.lead = Some(clean::clean(first.text));
            read.blocks.push(block(BlockKind::Lead, *first));
            rest = others;
        }
    }
    let (body, related) = without_box(rest, words);
    let signed = signature(body, words);
    for (at, line) in body.iter().enumerate() {
        let kind = if signed == Some(at) { BlockKind::Byline } else { kind(body, at, words) };
        if kind == BlockKind::Byline && at + 3 >= body.len() {
            read.signatures.push(line.text.to_owned());
        }
        read.blocks.push(block(kind, *line));
    }
    // The headlines of other articles are part of the given text, and so have a place in it.
    read.blocks.extend(related.iter().map(|line| block(BlockKind::Related, *line)));
    read
}

fn block(kind: BlockKind, line: Line<'_>) -> Block {
    Block { kind, text: line.text.to_owned(), span: Some((line.start, line.end)), href: None, image: None }
}

/// A line that is a date and time, with a weekday at most.
fn clock(line: &str) -> Option<When> {
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    (line.chars().count() <= 60 && letters <= 28).then(|| time::find(line, None)).flatten()
}

/// The first line is the title if it is the stated one, or short, without a full stop, and followed by more.
fn is_title(line: &str, stated: Option<&str>, others: &[Line<'_>]) -> bool {
    if let Some(stated) = stated {
        return tidy::folded(stated) == tidy::folded(line);
    }
    line.chars().count() <= 200 && !line.ends_with(['.', ':', ';', ',']) && !others.is_empty()
}

/// Parts a text at the title of a box of other articles, if nothing but headlines follows it.
fn without_box<'l, 't>(lines: &'l [Line<'t>], words: &Words) -> (&'l [Line<'t>], &'l [Line<'t>]) {
    let is_box_title = |line: &Line| words.related_titles.is(line.text);
    let headlines = |lines: &[Line]| lines.iter().all(|line| line.text.chars().count() < 220);
    match (0..lines.len()).find(|at| is_box_title(&lines[*at]) && headlines(&lines[at + 1..])) {
        Some(at) => (&lines[..at], &lines[at + 1..]),
        None => (lines, &[]),
    }
}

/// The last line, if it names authors and nothing else.
fn signature(body: &[Line<'_>], words: &Words) -> Option<usize> {
    let last = body.len().checked_sub(1)?;
    let line = body[last].text;
    (last > 0 && line.chars().count() <= 60 && names::is_signature(line, words)).then_some(last)
}

fn kind(body: &[Line<'_>], at: usize, words: &Words) -> BlockKind {
    let line = body[at].text;
    let chars = line.chars().count();
    if line.starts_with("- ") || line.starts_with("• ") || line.starts_with("+ ") {
        return BlockKind::ListItem;
    }
    let marked = words.related_prefixes.strip(line).is_some();
    if marked && chars < 200 && !line.ends_with('.') {
        return BlockKind::Related;
    }
    let next = body.get(at + 1).map_or(0, |next| next.text.chars().count());
    // A sentence under a picture is known by the picture's end: another caption, a name or nothing follows.
    if is_caption(line, chars, words) && (!line.ends_with('.') || next < 60 || tidy::names_photo(line, words)) {
        return BlockKind::Caption;
    }
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    if letters * 2 < chars || line.starts_with('|') {
        return BlockKind::Paragraph;
    }
    if chars <= 30 && at + 4 >= body.len() && names::is_signature(line, words) {
        return BlockKind::Byline;
    }
    let followed = next > chars;
    let ends = line.ends_with(['.', '!', ';', ',', ':', '…', '”', '"']);
    if chars <= 130 && !ends && followed { BlockKind::Heading } else { BlockKind::Paragraph }
}

/// A photographer's name, or a person with an office and nothing said.
fn is_caption(line: &str, chars: usize, words: &Words) -> bool {
    if chars > 250 {
        return false;
    }
    if tidy::names_photo(line, words) {
        return true;
    }
    let lower = line.to_lowercase();
    let speaks = words.speech.is_in(&lower) || line.contains(['“', '"', ':']);
    let shown = words.honorifics.strip(line).map(|(_, rest)| rest);
    let named = shown.is_some_and(|rest| rest.split_whitespace().take(2).all(|word| word.chars().next().is_some_and(char::is_uppercase)));
    let office = line.contains(" – ") || line.contains(" - ") || line.contains("- ") || line.contains(" (");
    named && office && !speaks && !line.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cues() -> Words {
        Words::new(&knowledge::Knowledge::load(None).unwrap().publishers.cues)
    }

    const SAVED: &str = "Thứ ba 05/11/2024 20:25\n\nXuất khẩu của tỉnh tăng 5%\n\nNăm 2021, tỉnh đặt mục tiêu kim ngạch xuất khẩu tăng 5% so với năm trước.\n\
        Chiều 12/1, Sở Công Thương tỉnh họp tổng kết năm.\n\nCông nghiệp giữ nhịp\n\nChỉ số sản xuất công nghiệp năm 2020 tăng 4,7% so với năm trước.\n\n\
        Bà Lê Thị Lan – Giám đốc Sở Công Thương tại hội nghị\n\nBà Lan cho biết xuất khẩu đạt 16 tỷ USD trong năm.\nNguyễn Hạnh\n\nTin cùng chuyên mục\n\nTỉnh mở thêm 20 chợ\n\nGiá điện tăng 3%\n";

    #[test]
    fn a_saved_page_is_told_line_by_line() {
        let page = Page { id: "a", source: "a.txt", bytes: SAVED.as_bytes(), url: None, charset: None, fetched: None };
        let article = text(&page, &cues()).article.unwrap();
        let kinds: Vec<&str> = article.blocks.iter().map(|block| block.kind.as_str()).collect();
        assert_eq!(kinds, ["title", "lead", "paragraph", "heading", "paragraph", "caption", "paragraph", "byline", "related", "related"]);
        assert_eq!(article.text, SAVED);
        assert_eq!(article.authors, ["Nguyễn Hạnh"]);
        assert_eq!(article.rendered.map(|when| when.to_string()).as_deref(), Some("2024-11-05T20:25:00+07:00"));
        assert_eq!(article.published, None);
        let chars: Vec<char> = SAVED.chars().collect();
        for block in &article.blocks {
            let (start, end) = block.span.unwrap();
            assert_eq!(chars[start as usize..end as usize].iter().collect::<String>(), block.text);
        }
    }

    #[test]
    fn a_record_keeps_its_text_and_its_id() {
        let known = knowledge::Knowledge::load(None).unwrap();
        let line = r#"{"id": 7, "url": "https://vnexpress.net/a-1.html", "date_publish": "2024-10-07 16:40:00", "title": "Giá gạo tăng", "maintext": "Giá gạo tăng\nGiá gạo xuất khẩu tăng 18,3% trong năm 2023.\nXem thêm: Giá lúa"}"#;
        let page = Page { id: "x", source: "a.jsonl:1", bytes: line.as_bytes(), url: None, charset: None, fetched: None };
        let article = json(&page, &Profiles::new(&known.publishers), &cues()).article.unwrap();
        assert_eq!((article.id.as_str(), article.publisher.as_deref()), ("7", Some("VnExpress")));
        assert_eq!(article.published.map(|when| when.to_string()).as_deref(), Some("2024-10-07T16:40:00+07:00"));
        assert_eq!(article.blocks[0].kind, BlockKind::Title);
        let month = Page { bytes: line.replace("2024-10-07 16:40:00", "2024-10").into_bytes().leak(), ..page };
        let article = json(&month, &Profiles::new(&known.publishers), &cues()).article.unwrap();
        assert_eq!(article.published.map(|when| when.to_string()).as_deref(), Some("2024-10-31"));
        assert_eq!(article.issues.iter().map(|issue| issue.kind).collect::<Vec<_>>(), [IssueKind::Time]);
        for (bad, kind) in [("", IssueKind::Empty), ("{", IssueKind::Malformed), ("{\"id\": \"a\"}", IssueKind::NoBody)] {
            let page = Page { bytes: bad.as_bytes(), ..page };
            assert_eq!(json(&page, &Profiles::new(&known.publishers), &cues()).refusal.map(|issue| issue.kind), Some(kind));
        }
    }
}
