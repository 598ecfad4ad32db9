//! The corpus of statements: cases out of text files, and what of a reading agrees with them.
//!
//! The format is explained in `tests/README.md`.

use std::fs;
use std::path::{Path, PathBuf};

use grammar::Grammar;
use jiff::civil::Date;
use model::{Article, Block, BlockKind, ComparedWith, Observation, Period, When};
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// A text with the figures that must come out of it.
pub struct Case {
    pub name: String,
    pub published: Option<Date>,
    pub publisher: Option<String>,
    pub text: String,
    pub figures: Vec<Figure>,
}

/// A figure: its quote and the fields that are compared.
pub struct Figure {
    pub quote: String,
    pub optional: bool,
    pub fields: Vec<(String, String)>,
}

/// The root of the tree.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every case of the files of a folder, in order of file name.
pub fn cases(folder: &str) -> Vec<Case> {
    let folder = root().join("tests/corpus").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    files.sort();
    files.iter().flat_map(|path| parse(&fs::read_to_string(path).expect("a corpus file is readable"))).collect()
}

fn parse(file: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in file.lines() {
        if let Some(name) = line.strip_prefix("=== ") {
            cases.push(Case { name: name.trim().to_owned(), published: None, publisher: None, text: String::new(), figures: Vec::new() });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(context) = line.strip_prefix("@ ") {
            for (key, value) in pairs(context) {
                match key.as_str() {
                    "published" => case.published = Some(day(&value)),
                    "publisher" => case.publisher = Some(value),
                    _ => panic!("{}: `{key}` is no context", case.name),
                }
            }
        } else if let Some(figure) = line.strip_prefix("--- ") {
            if figure.trim() != "nothing" {
                let (quote, fields) = figure.split_once(" | ").unwrap_or((figure, ""));
                let fields = fields.trim();
                let optional = fields.strip_prefix("optional").filter(|rest| rest.is_empty() || rest.starts_with(' '));
                case.figures.push(Figure {
                    quote: quote.trim().nfc().collect(),
                    optional: optional.is_some(),
                    fields: pairs(optional.unwrap_or(fields)),
                });
            }
        } else if case.figures.is_empty() && !line.trim().is_empty() {
            if !case.text.is_empty() {
                case.text.push('\n');
            }
            case.text.push_str(line);
        }
    }
    cases
}

/// A day, or the last day of a month.
fn day(text: &str) -> Date {
    text.parse().or_else(|_| format!("{text}-01").parse::<Date>().map(Date::last_of_month)).expect("`published` is a day or a month")
}

/// `key=value key="value with spaces"`
fn pairs(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = text.trim();
    while let Some((key, after)) = rest.split_once('=') {
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(' ').unwrap_or((after, "")),
        };
        pairs.push((key.trim().to_owned(), value.nfc().collect()));
        rest = next.trim_start();
    }
    pairs
}

impl Case {
    /// The article that the text is: one block a line, the first one a title if it ends without a stop.
    pub fn article(&self) -> Article {
        let mut article = paragraphs(&self.name, &self.text, self.published);
        article.publisher_region.clone_from(&self.publisher);
        article
    }

    /// What a reading of the text gets wrong, a line for each mistake.
    pub fn mistakes(&self, grammar: &Grammar<'_>) -> Vec<String> {
        let found = grammar.read(&self.article()).observations;
        let mut mistakes = Vec::new();
        let mut used = vec![false; found.len()];
        for figure in &self.figures {
            match (0..found.len()).find(|&at| !used[at] && figure.is_quote_of(&found[at])) {
                Some(at) => {
                    used[at] = true;
                    figure.compare(&found[at], &mut mistakes);
                }
                None if figure.optional => {}
                None => mistakes.push(format!("`{}` is missing", figure.quote)),
            }
        }
        let extra = found.iter().zip(&used).filter(|(_, used)| !**used);
        mistakes.extend(extra.map(|(observation, _)| format!("`{}` is no figure of the case", observation.quote.replace('\n', " "))));
        mistakes
    }
}

/// An article of plain lines.
pub fn paragraphs(id: &str, text: &str, published: Option<Date>) -> Article {
    let several = text.contains('\n');
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let length = line.chars().count() as u32;
        if !line.trim().is_empty() {
            let title = several && blocks.is_empty() && length < 160 && !line.trim_end().ends_with(['.', '!', '…', ':']);
            let kind = if title { BlockKind::Title } else { BlockKind::Paragraph };
            blocks.push(Block { kind, text: line.to_owned(), span: Some((at, at + length)), href: None, image: None });
        }
        at += length + 1;
    }
    Article { text: text.to_owned(), blocks, published: published.map(When::Day), ..Article::empty(id, "corpus") }
}

impl Figure {
    fn is_quote_of(&self, observation: &Observation) -> bool {
        let quote: String = observation.quote.nfc().collect();
        let counted = observation.unit == "count" && (quote.starts_with(&self.quote) || self.quote.starts_with(&quote));
        quote == self.quote || counted
    }

    fn compare(&self, found: &Observation, mistakes: &mut Vec<String>) {
        let named = |name: &str| self.fields.iter().any(|(key, _)| key == name);
        for (field, wanted) in &self.fields {
            let got = column(found, field);
            if !agree(field, wanted, &got) {
                mistakes.push(format!("`{}`: {field} is {got}, not {wanted}", self.quote));
            }
        }
        if let Some(high) = found.value_high.filter(|_| named("value") && !named("value_high")) {
            mistakes.push(format!("`{}`: value_high is {high}, not -", self.quote));
        }
    }
}

/// A column as the corpus writes it.
fn column(found: &Observation, field: &str) -> String {
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    match field {
        "value" => found.value.normalize().to_string(),
        "value_high" => found.value_high.map_or_else(|| "-".to_owned(), |high| high.normalize().to_string()),
        "scale" => found.scale.to_string(),
        "decimals" => found.decimals.to_string(),
        "unit" => found.unit.clone(),
        "bound" => found.bound.as_str().to_owned(),
        "measure" => found.measure.as_str().to_owned(),
        "indicator" => text(&found.indicator),
        "indicator_text" => text(&found.indicator_text),
        "breakdown" => text(&found.breakdown),
        "industry" => text(&found.industry),
        "product" => text(&found.product),
        "partner" => text(&found.partner),
        "speaker" => text(&found.speaker),
        "region" => text(&found.region),
        "period" => found.period.map_or_else(|| "-".to_owned(), |period| period.to_string()),
        "compared_with" => found.compared_with.map_or_else(|| "-".to_owned(), |compared: ComparedWith| compared.to_string()),
        "status" => found.status.as_str().to_owned(),
        _ => panic!("`{field}` is no column"),
    }
}

fn agree(field: &str, wanted: &str, got: &str) -> bool {
    let lower = |text: &str| text.nfc().collect::<String>().to_lowercase();
    match field {
        "value" | "value_high" | "scale" => same_number(wanted, got),
        "period" | "compared_with" => wanted == got || same_days(wanted, got),
        "breakdown" | "indicator_text" if wanted != "-" && got != "-" => {
            lower(wanted).contains(&lower(got)) || lower(got).contains(&lower(wanted))
        }
        _ => wanted == got,
    }
}

/// Equal within one part in a million.
fn same_number(one: &str, other: &str) -> bool {
    match (one.parse::<Decimal>(), other.parse::<Decimal>()) {
        (Ok(one), Ok(other)) => (one - other).abs() <= one.abs() * Decimal::new(1, 6),
        _ => one == other,
    }
}

/// Two notations of the same days (`2024-S1` and `2024-01-01/P6M`).
fn same_days(one: &str, other: &str) -> bool {
    match (one.parse::<Period>(), other.parse::<Period>()) {
        (Ok(one), Ok(other)) => (one.start(), one.end()) == (other.start(), other.end()),
        _ => false,
    }
}
