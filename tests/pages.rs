//! Pages against what they should give: one trap a page, and its name says which.
//!
//! `corpus/pages/NAME.html` (or `.txt`, `.jsonl`) is the page, `NAME.json` what is expected of it: only the keys that matter there.
//! The report in `conformance/pages.txt` holds totals and names every miss; `UPDATE=1` rewrites it.

#![expect(clippy::unwrap_used, reason = "a test stops where its corpus is broken")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use extractor::{Extraction, Extractor, Page};
use knowledge::Knowledge;
use model::{Article, BlockKind, When};
use serde_json::{Map, Value, json};

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("tests"))
        .find(|folder| folder.join("corpus/pages").is_dir())
        .unwrap()
}

/// A page of the corpus with what is expected of it.
struct Case {
    name: String,
    page: PathBuf,
    expected: Map<String, Value>,
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = fs::read_dir(tests().join("corpus/pages"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending != "json"))
        .map(|page| {
            let expected = fs::read_to_string(page.with_extension("json")).unwrap();
            let expected = serde_json::from_str(&expected).unwrap_or_else(|error| panic!("{}: {error}", page.display()));
            Case { name: page.file_stem().unwrap().to_string_lossy().into_owned(), page, expected }
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

fn read(case: &Case, extractor: &Extractor) -> Extraction {
    let bytes = fs::read(&case.page).unwrap();
    let given = |key: &str| case.expected.get("page").and_then(|page| page.get(key)).and_then(Value::as_str);
    let fetched = given("fetched").map(|at| When::Instant(at.parse().unwrap()));
    let page = Page { id: &case.name, source: &case.name, bytes: &bytes, url: given("url"), charset: given("charset"), fetched };
    match case.page.extension().and_then(|ending| ending.to_str()) {
        Some("txt") => extractor.text(&page),
        Some("jsonl") => extractor.json(&page),
        _ => extractor.html(&page),
    }
}

/// What was read, under the key of the expected record.
fn found(key: &str, article: &Article) -> Value {
    let when = |at: Option<When>| at.map(|at| at.to_string());
    let of_kind = |wanted: fn(BlockKind) -> bool| article.blocks.iter().filter(move |block| wanted(block.kind));
    match key {
        "id" => json!(article.id),
        "url" => json!(article.url),
        "canonical_url" => json!(article.canonical_url),
        "publisher" => json!(article.publisher),
        "publisher_region" => json!(article.publisher_region),
        "profile" => json!(article.profile),
        "title" => json!(article.title),
        "lead" => json!(article.lead),
        "lead_prefix" => json!(article.lead_prefix),
        "authors" => json!(article.authors),
        "credit" => json!(article.credit),
        "section" => json!(article.section),
        "published" => json!(when(article.published)),
        "published_from" => json!(article.published_from.map(model::PublishedFrom::as_str)),
        "rendered" => json!(when(article.rendered)),
        "blocks" => {
            let body = of_kind(|kind| !matches!(kind, BlockKind::Title | BlockKind::Lead | BlockKind::Related));
            body.map(|block| json!({"kind": block.kind.as_str(), "text": block.text})).collect()
        }
        "related" => of_kind(|kind| kind == BlockKind::Related).map(|block| json!(block.text)).collect(),
        "images" => of_kind(|kind| kind == BlockKind::Caption).map(|block| json!(block.image)).collect(),
        "cells" => article.cells.iter().map(|cell| json!([cell.row, cell.column, cell.header, cell.text])).collect(),
        "issues" => article.issues.iter().map(|issue| json!(issue.kind.as_str())).collect(),
        other => panic!("no such key: {other}"),
    }
}

/// The misses of a case, one line each, and how many things were asked.
fn misses(case: &Case, read: &Extraction) -> (Vec<String>, usize) {
    let mut misses = Vec::new();
    let mut asked = 0;
    for (key, want) in case.expected.iter().filter(|(key, _)| *key != "page") {
        asked += 1;
        let got = match (key.as_str(), &read.article, &read.refusal) {
            ("refusal", _, refusal) => json!(refusal.as_ref().map(|issue| issue.kind.as_str())),
            (_, Some(article), _) => found(key, article),
            (_, None, refusal) => json!({"refused": refusal.as_ref().map(|issue| issue.why.clone())}),
        };
        if got != *want {
            misses.push(format!("{}: {key}: {got} instead of {want}", case.name));
        }
    }
    (misses, asked)
}

#[test]
fn pages_give_what_is_expected() {
    let extractor = Extractor::new(&Knowledge::load(None).unwrap());
    let cases = cases();
    let (mut all, mut asked, mut whole) = (Vec::new(), 0, 0);
    for case in &cases {
        let (misses, questions) = misses(case, &read(case, &extractor));
        asked += questions;
        whole += usize::from(misses.is_empty());
        all.extend(misses);
    }
    let mut report = format!("{whole} of {} pages, {} of {asked} questions\n", cases.len(), asked - all.len());
    if !all.is_empty() {
        report.push_str("\nmisses\n");
        for miss in &all {
            let _ = writeln!(report, "  {miss}");
        }
    }
    let file = tests().join("conformance/pages.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &report).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(report, committed, "the report changed; look at it, then run with UPDATE=1");
}

#[test]
fn every_block_and_cell_stands_where_it_says() {
    let extractor = Extractor::new(&Knowledge::load(None).unwrap());
    let samples = tests().join("../data/samples");
    let samples = fs::read_dir(samples)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"));
    let samples = samples.map(|page| Case { name: page.to_string_lossy().into_owned(), page, expected: Map::new() });
    for case in cases().into_iter().chain(samples) {
        let Some(article) = read(&case, &extractor).article else { continue };
        let text: Vec<char> = article.text.chars().collect();
        let slice = |(start, end): (u32, u32)| text[start as usize..end as usize].iter().collect::<String>();
        for block in &article.blocks {
            match block.span {
                Some(span) => assert_eq!(slice(span), block.text, "{}", case.name),
                None => assert_eq!(block.kind, BlockKind::Related, "{}", case.name),
            }
        }
        for cell in &article.cells {
            assert_eq!(cell.span.map(slice).as_deref(), Some(cell.text.as_str()), "{}", case.name);
        }
        assert_eq!(article.content_hash.len(), 64);
    }
}

#[test]
fn every_selector_of_the_profiles_compiles() {
    let extractor = Extractor::new(&Knowledge::load(None).unwrap());
    assert_eq!(extractor.bad_selectors(), []);
}

#[test]
fn a_page_read_twice_gives_the_same() {
    let extractor = Extractor::new(&Knowledge::load(None).unwrap());
    for case in cases() {
        assert_eq!(read(&case, &extractor).article, read(&case, &extractor).article, "{}", case.name);
    }
}

/// Markup that makes careless readers run for minutes, or out of memory or stack.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let prose = "<p>Kim ngạch xuất khẩu chín tháng ước đạt 12,6 tỷ USD, tăng 11,3%, trong đó hàng điện tử chiếm 61,5%.</p>".repeat(4);
    let cell = "<td colspan=1000 rowspan=65000>12,5</td>".repeat(40);
    let attributes = (0..1_000_000).fold(String::new(), |all, at| all + " a" + &at.to_string());
    let keywords = (0..200_000).fold(String::new(), |all, at| all + "\"k" + &at.to_string() + "\",");
    let letter = prose.len() - "ếm 61,5%.</p>".len();
    let cut = &prose.as_bytes()[..=letter];
    vec![
        ("nested elements", format!("{}{prose}", "<div>".repeat(100_000)).into()),
        ("nested lists", format!("{}{prose}", "<ul><li>a".repeat(50_000)).into()),
        ("nested tables", format!("{}{prose}", "<table><tr><td>".repeat(20_000)).into()),
        ("nested figures", format!("{}{prose}", "<figure><img src=a>".repeat(20_000)).into()),
        ("one long paragraph", format!("<p>{}", "Kim ngạch xuất khẩu đạt 12,6 tỷ USD, tăng 11,3%. ".repeat(900_000)).into()),
        ("a million attributes", format!("<div{attributes}>{prose}").into()),
        ("huge spans", format!("{prose}<table>{}</table>", format!("<tr>{cell}</tr>").repeat(50)).into()),
        ("broken entities", format!("{prose}<p>{}", "&amp;amp;#7879;&#xFFFFFFFF;&;&#;".repeat(100_000)).into()),
        ("entities escaped over and over", format!("{prose}<p>&{}", "amp;".repeat(200_000)).into()),
        ("NUL bytes", format!("{prose}\0").repeat(5_000).into()),
        ("deep linked data", format!("<script type=\"application/ld+json\">{}</script>{prose}", "[".repeat(200_000)).into()),
        (
            "many keywords",
            format!("<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"keywords\":[{keywords}\"k\"]}}</script>{prose}")
                .into(),
        ),
        (
            "many boxes",
            format!(
                "<div class=__MASTERCMS_CONTENT>{prose}</div>{}",
                "<div class=article-detail-similar><a href=x>một bài viết khác</a></div>".repeat(20_000)
            )
            .into(),
        ),
        ("cut in a letter", cut.to_vec()),
    ]
}

#[test]
fn hostile_pages_stay_within_bounds() {
    let extractor = Extractor::new(&Knowledge::load(None).unwrap());
    for (name, bytes) in hostile() {
        let start = std::time::Instant::now();
        let page = Page { id: name, source: name, bytes: &bytes, url: None, charset: None, fetched: None };
        let read = extractor.html(&page);
        // Ten times what the slowest takes on a slow machine: minutes would mean a square somewhere.
        assert!(start.elapsed().as_secs() < 30, "{name}: {:?}", start.elapsed());
        assert!(read.article.is_some() || read.refusal.is_some(), "{name}");
    }
}
