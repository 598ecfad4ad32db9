//! What figures say together: every metric and check against its example table in `corpus/tables`, and the properties that
//! hold for any figures.
//!
//! A folder is named for the metric or check that it shows; `in.csv` holds figures, `out.csv` the rows that come out.
//! `UPDATE=1` rewrites `out.csv`: read the difference before it is committed.

#![expect(clippy::unwrap_used, reason = "a test that panics has said what it has to say")]

mod csv;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use exporter::{Format, Provenance};
use knowledge::Knowledge;
use model::{
    Article, Block, BlockKind, Bound, ComparedWith, Measure, Observation, Period, PeriodFrom, PublishedFrom, Record, Status, When,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use transformer::figure::Figure;

use csv::{Row, rows};

/// What of a metric stands in its example table.
const METRIC: [&str; 13] =
    ["metric", "article", "indicator", "breakdown", "region", "measure", "period", "status", "value", "low", "high", "unit", "formula"];
/// What of a check stands in its example table.
const CHECK: [&str; 11] = [
    "check",
    "article",
    "indicator",
    "region",
    "period",
    "verdict",
    "stated_low",
    "stated_high",
    "computed_low",
    "computed_high",
    "explanation",
];

#[test]
fn every_metric_and_check_gives_its_example_table() {
    let known = Knowledge::load(None).unwrap();
    let mut wrong = Vec::new();
    let mut report = String::new();
    for folder in folders(&corpus()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let made = tempfile::tempdir().unwrap();
        write(records(&folder.join("in.csv")), made.path(), None, &known);
        let metrics = picked(&made.path().join("out/metrics.csv"), &METRIC, &name);
        let checks = picked(&made.path().join("out/checks.csv"), &CHECK, &name);
        let (header, rows) = if checks.is_empty() { (METRIC.join(","), metrics) } else { (CHECK.join(","), checks) };
        let _ = writeln!(report, "{name}: {} rows", rows.len());
        let got = format!("{header}\n{}", rows.join(""));
        agree(&folder.join("out.csv"), &got, &mut wrong);
        assert!(!rows.is_empty(), "{name}: nothing came out");
    }
    agree(&root().join("conformance/checks.txt"), &report, &mut wrong);
    assert!(wrong.is_empty(), "these differ (UPDATE=1 rewrites them):\n{}", wrong.join("\n"));
}

#[test]
fn every_check_is_shown_in_both_verdicts() {
    for folder in folders(&corpus()) {
        let text = fs::read_to_string(folder.join("out.csv")).unwrap();
        if text.starts_with("check,") {
            for verdict in [",consistent,", ",inconsistent,"] {
                assert!(text.contains(verdict), "{} has no case that is {verdict}", folder.display());
            }
        }
    }
}

#[test]
fn extending_a_dataset_gives_what_one_run_gives() {
    let known = Knowledge::load(None).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let all = everything();
    let (first, mut second) = all.split_at(all.len() / 2);
    let mut changed = first[0].clone();
    changed.observations.truncate(1);
    let second_and_changed: Vec<Record> = second.iter().cloned().chain([changed.clone()]).collect();
    second = &second_and_changed;

    let whole: Vec<Record> = first.iter().chain(second).cloned().collect();
    write(whole, &folder.path().join("whole"), None, &known);
    write(first.to_vec(), &folder.path().join("first"), None, &known);
    write(second.to_vec(), &folder.path().join("extended"), Some(folder.path().join("first/out")), &known);

    let (whole, extended) = (files(&folder.path().join("whole/out")), files(&folder.path().join("extended/out")));
    assert_eq!(whole.keys().collect::<Vec<_>>(), extended.keys().collect::<Vec<_>>());
    for (name, bytes) in &whole {
        assert!(*bytes == extended[name], "{name} differs");
    }
    let history = String::from_utf8(whole["history.csv"].clone()).unwrap();
    assert_eq!(history.lines().filter(|line| line.starts_with(&changed.article.id)).count(), 1, "{history}");
}

#[test]
fn the_order_of_the_input_does_not_matter() {
    let known = Knowledge::load(None).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut all = everything();
    write(all.clone(), &folder.path().join("forward"), None, &known);
    all.reverse();
    write(all, &folder.path().join("backward"), None, &known);
    let (forward, backward) = (files(&folder.path().join("forward/out")), files(&folder.path().join("backward/out")));
    for (name, bytes) in &forward {
        assert!(*bytes == backward[name], "{name} differs");
    }
}

#[test]
fn partitions_hold_the_same_rows() {
    let known = Knowledge::load(None).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let staging = folder.path().join("staging");
    let dataset = transformer::transform(everything().into_iter(), &transformer::Options { staging, existing: None }, &known).unwrap();
    let options = |partition, excel| exporter::Options {
        formats: vec![Format::Parquet, Format::Csv],
        partition,
        excel,
        provenance: Provenance::default(),
    };
    let (plain, parts) = (folder.path().join("plain"), folder.path().join("parts"));
    exporter::export(&dataset.tables, &plain, &options(false, false), &known).unwrap();
    exporter::export(&dataset.tables, &parts, &options(true, false), &known).unwrap();
    assert!(parts.join("observations").is_dir());
    let again = folder.path().join("again");
    exporter::export(&exporter::open(&parts, &known).unwrap(), &again, &options(false, false), &known).unwrap();
    assert!(files(&plain)["observations.csv"] == files(&again)["observations.csv"]);

    let excel = folder.path().join("excel");
    exporter::export(&dataset.tables, &excel, &options(false, true), &known).unwrap();
    assert!(files(&excel)["observations.csv"].starts_with("\u{feff}observation".as_bytes()));
}

#[test]
fn a_folder_of_other_things_is_left_alone() {
    let known = Knowledge::load(None).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mine = folder.path().join("mine");
    fs::create_dir(&mine).unwrap();
    fs::write(mine.join("letter.txt"), "dear").unwrap();
    let options = exporter::Options { formats: vec![Format::Csv], partition: false, excel: false, provenance: Provenance::default() };
    let refused = exporter::export(&[], &mine, &options, &known).unwrap_err();
    assert!(matches!(refused, exporter::ExportError::Foreign { .. }), "{refused}");
    assert_eq!(fs::read_to_string(mine.join("letter.txt")).unwrap(), "dear");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Whatever the true values, figures rounded as the press rounds them never contradict each other; shifted beyond rounding they do.
    #[test]
    fn rounding_is_never_inconsistent(part in 1.0_f64..900.0, rest in 1.0_f64..900.0, decimals in 0_u32..3, shift in 0.4_f64..0.6) {
        let known = Knowledge::load(None).unwrap();
        let reference = transformer::reference::Reference::new(&known);
        let share = part / (part + rest) * 100.0;
        let verdicts = |share: f64| {
            let figures = vec![
                rounded("retail_sales_and_services", Measure::Level, part + rest, decimals, "VND"),
                rounded("retail_sales_goods", Measure::Level, part, decimals, "VND"),
                rounded("retail_sales_goods", Measure::Share, share, decimals, "%"),
            ];
            verdicts(&figures, &reference)
        };
        prop_assert!(!verdicts(share).contains(&"inconsistent"));
        if part > 50.0 && rest > 50.0 {
            let wrong = share * if share > 50.0 { 1.0 - shift } else { 1.0 + shift };
            prop_assert!(verdicts(wrong).contains(&"inconsistent"));
        }
    }

    /// The interval of a print holds the value that was printed.
    #[test]
    fn an_interval_holds_what_was_rounded(value in -1.0e6_f64..1.0e6, decimals in 0_u32..4) {
        let known = Knowledge::load(None).unwrap();
        let figure = rounded("exports", Measure::Change, value, decimals, "%");
        prop_assert!(transformer::interval::Interval::stated(&figure, &known.checks.bounds).holds(value));
    }
}

fn verdicts(figures: &[Observation], reference: &transformer::reference::Reference<'_>) -> Vec<&'static str> {
    let figures: Vec<_> = figures.iter().enumerate().map(|(at, figure)| Figure::new(figure, at.to_string(), reference)).collect();
    let facts = figures.iter().filter_map(|figure| transformer::fact::Fact::new(figure, "a", reference)).collect();
    let checks = transformer::checks::of_article(&transformer::fact::Facts::new(facts), reference);
    checks.iter().filter(|check| check.check == "share_against_levels").map(|check| check.verdict.as_str()).collect()
}

/// A figure as the press rounds it.
fn rounded(indicator: &str, measure: Measure, value: f64, decimals: u32, unit: &str) -> Observation {
    let row = Row::from([
        ("value".to_owned(), format!("{value:.*}", decimals as usize)),
        ("decimals".to_owned(), decimals.to_string()),
        ("scale".to_owned(), "1".to_owned()),
        ("unit".to_owned(), unit.to_owned()),
        ("bound".to_owned(), "exact".to_owned()),
        ("measure".to_owned(), measure.as_str().to_owned()),
        ("indicator".to_owned(), indicator.to_owned()),
        ("region".to_owned(), "VN".to_owned()),
        ("period".to_owned(), "2024".to_owned()),
        ("status".to_owned(), "actual".to_owned()),
        ("quote".to_owned(), "1".to_owned()),
    ]);
    observation(&row, 0)
}

/// Transforms and exports some records: `folder/out`.
fn write(records: Vec<Record>, folder: &Path, existing: Option<PathBuf>, known: &Knowledge) {
    let options = transformer::Options { staging: folder.join("staging"), existing };
    let dataset = transformer::transform(records.into_iter(), &options, known).unwrap();
    let options = exporter::Options { formats: Format::ALL.to_vec(), partition: false, excel: false, provenance: Provenance::default() };
    exporter::export(&dataset.tables, &folder.join("out"), &options, known).unwrap();
}

/// The records of all example tables, with ids of their own.
fn everything() -> Vec<Record> {
    let mut all = Vec::new();
    for folder in folders(&corpus()) {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        for mut record in records(&folder.join("in.csv")) {
            record.article.id = format!("{name}-{}", record.article.id);
            all.push(record);
        }
    }
    all
}

/// The articles of a table of figures. Their text is the quotes, each a paragraph.
fn records(file: &Path) -> Vec<Record> {
    let mut articles: Vec<(String, Vec<Row>)> = Vec::new();
    for row in rows(file) {
        match articles.iter_mut().find(|(id, _)| *id == row["article"]) {
            Some((_, figures)) => figures.push(row),
            None => articles.push((row["article"].clone(), vec![row])),
        }
    }
    articles.iter().map(|(id, figures)| record(id, figures)).collect()
}

fn record(id: &str, figures: &[Row]) -> Record {
    let (mut text, mut blocks, mut observations) = (String::new(), Vec::new(), Vec::new());
    for figure in figures {
        let start = text.chars().count() as u32;
        let mut observation = observation(figure, start);
        observation.block = blocks.len() as u32;
        blocks.push(Block {
            kind: BlockKind::Paragraph,
            text: figure["quote"].clone(),
            span: Some((start, observation.end)),
            href: None,
            image: None,
        });
        text.push_str(&figure["quote"]);
        text.push_str("\n\n");
        observations.push(observation);
    }
    let article = Article {
        id: id.to_owned(),
        source: format!("{id}.txt"),
        url: None,
        canonical_url: None,
        publisher: None,
        publisher_region: None,
        profile: "text".to_owned(),
        title: None,
        lead: None,
        lead_prefix: None,
        authors: Vec::new(),
        credit: None,
        section: None,
        tags: Vec::new(),
        published: figures[0]["published"].parse().ok().map(When::Day),
        published_from: Some(PublishedFrom::Meta),
        modified: None,
        rendered: None,
        fetched: None,
        language: Some("vi".to_owned()),
        content_hash: String::new(),
        text,
        blocks,
        cells: Vec::new(),
        issues: Vec::new(),
    };
    Record { article, observations, unread: Vec::new() }
}

fn observation(row: &Row, start: u32) -> Observation {
    let text = |name: &str| row.get(name).filter(|value| !value.is_empty()).cloned();
    let number = |name: &str| text(name).map(|value| Decimal::from_str_exact(&value).unwrap());
    let quote = text("quote").unwrap();
    Observation {
        block: 0,
        sentence: text("sentence").unwrap_or_else(|| format!("{quote} {start}")),
        start,
        end: start + quote.chars().count() as u32,
        quote,
        value: number("value").unwrap(),
        value_high: number("value_high"),
        unit: text("unit").unwrap(),
        unit_text: None,
        scale: number("scale").unwrap(),
        decimals: text("decimals").unwrap().parse().unwrap(),
        bound: text("bound").unwrap().parse::<Bound>().unwrap(),
        measure: text("measure").unwrap().parse::<Measure>().unwrap(),
        indicator: text("indicator"),
        indicator_text: text("indicator_text").or_else(|| official_name(&text("indicator")?)),
        breakdown: text("breakdown"),
        industry: text("industry"),
        product: text("product"),
        partner: text("partner"),
        of: text("of"),
        region: text("region"),
        period: text("period").map(|period| period.parse::<Period>().unwrap()),
        period_from: Some(PeriodFrom::Clause),
        compared_with: text("compared_with").map(|with| match with.as_str() {
            "plan" => ComparedWith::Plan,
            period => ComparedWith::Period(period.parse().unwrap()),
        }),
        status: text("status").unwrap().parse::<Status>().unwrap(),
        speaker: None,
        confidence: 1.0,
    }
}

/// The name that stands in the text where a table of figures gives none.
fn official_name(indicator: &str) -> Option<String> {
    static KNOWN: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::load(None).unwrap());
    KNOWN.indicators.iter().find(|known| known.id == indicator).map(|known| known.vi.clone())
}

/// Some columns of the rows of one metric or check; of `per_article` and its kin, of all.
fn picked(file: &Path, columns: &[&str], name: &str) -> Vec<String> {
    let chosen =
        rows(file).into_iter().filter(|row| row[columns[0]] == name || (name == "per_article" && row[columns[0]].starts_with(name)));
    chosen.map(|row| csv_line(columns.iter().map(|column| row[*column].as_str()))).collect()
}

/// A line of CSV.
fn csv_line<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let cells: Vec<String> = cells
        .map(|cell| if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() })
        .collect();
    format!("{}\n", cells.join(","))
}

/// Compares a committed file with what it should be, or rewrites it.
fn agree(file: &Path, got: &str, wrong: &mut Vec<String>) {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(file, got).unwrap();
    } else if fs::read_to_string(file).unwrap_or_default() != got {
        wrong.push(format!("{}\n{got}", file.display()));
    }
}

/// The files of a dataset by name, without the run's own story.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file() && !path.ends_with("run.json"));
    entries.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
}

fn folders(of: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn corpus() -> PathBuf {
    root().join("corpus/tables")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
