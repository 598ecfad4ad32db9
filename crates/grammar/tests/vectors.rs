//! Public test vectors for numbers, money and dates, where they are at hand: `tests/corpus/vectors/left-out.txt` says which rows are
//! left out and why, `tests/conformance/vectors.txt` how the others are read.

mod corpus;
mod report;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use grammar::{Grammar, Lean};
use jiff::ToSpan;
use jiff::civil::Date;
use knowledge::Knowledge;
use model::{Frequency, Period};
use rust_decimal::Decimal;
use serde_json::Value;

use corpus::root;
use report::Report;

/// What a group of rows must reach, in percent.
const GOALS: [(&str, f64); 7] = [
    ("cldr dates", 95.0),
    ("duckling money", 95.0),
    ("duckling numerals", 100.0),
    ("duckling ordinals", 100.0),
    ("duckling times", 90.0),
    ("words cardinals", 99.0),
    ("words decimals", 99.0),
];

#[test]
fn public_vectors_are_read() {
    let Some(folder) = folder() else {
        // The vectors are not part of the repository.
        assert!(fs::read_to_string(root().join("tests/conformance/vectors.txt")).is_ok_and(|report| report.starts_with("vectors: ")));
        return;
    };
    let known = Knowledge::load(None).expect("the built-in tables load");
    let grammar = Grammar::new(&known);
    let left_out = left_out();
    let mut report = Report::new("vectors");
    let mut totals: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for (file, name) in [("duckling-vi", "duckling"), ("number-words", "words"), ("dates-cldr", "cldr")] {
        for row in rows(&folder, file) {
            let group = group(name, &row);
            let total = totals.entry(group).or_default();
            let id = text(&row["id"]);
            if left_out.contains_key(id) {
                total.2 += 1;
                continue;
            }
            total.1 += 1;
            let mistake = mistake(&grammar, group, &row);
            total.0 += usize::from(mistake.is_none());
            report.add(&format!("{group} {id}"), mistake.into_iter().collect());
        }
    }
    for (group, (right, rows, out)) in &totals {
        let reached = 100.0 * *right as f64 / *rows as f64;
        report.note(format!("{group}: {right} of {rows} ({reached:.1} %), {out} left out"));
    }
    report.agree();
    for (group, goal) in GOALS {
        let (right, rows, _) = totals[group];
        assert!(right as f64 * 100.0 >= goal * rows as f64, "{group}: {right} of {rows} are less than {goal} %");
    }
}

/// The folder of the vectors, beside the repository.
fn folder() -> Option<PathBuf> {
    ["../shared", "../../shared"].iter().map(|path| root().join(path).join("eval/vectors")).find(|path| path.is_dir())
}

fn rows(folder: &std::path::Path, file: &str) -> Vec<Value> {
    let text = fs::read_to_string(folder.join(format!("{file}.jsonl"))).unwrap_or_default();
    text.lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect()
}

/// Rows that are left out on purpose: id and reason.
fn left_out() -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join("tests/corpus/vectors/left-out.txt")).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    lines.flat_map(|(ids, why)| ids.split_whitespace().map(|id| (id.to_owned(), why.to_owned())).collect::<Vec<_>>()).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn group(file: &str, row: &Value) -> &'static str {
    match (file, text(&row["dimension"]), text(&row["kind"])) {
        ("duckling", "numeral", _) => "duckling numerals",
        ("duckling", "ordinal", _) => "duckling ordinals",
        ("duckling", "time", _) => "duckling times",
        ("duckling", ..) => "duckling money",
        ("words", _, "decimal") => "words decimals",
        ("words", ..) => "words cardinals",
        _ => "cldr dates",
    }
}

fn mistake(grammar: &Grammar<'_>, group: &str, row: &Value) -> Option<String> {
    let input = text(&row["text"]);
    let expected = &row["expected"];
    let (got, wanted) = match group {
        "duckling numerals" => (shown(grammar.number(input)), shown(decimal(&expected["value"]))),
        "duckling ordinals" => (shown(grammar.ordinal(input)), shown(expected["value"].as_u64())),
        "words cardinals" | "words decimals" => (shown(grammar.number(input)), shown(decimal(expected))),
        "duckling money" => money(grammar, input, expected),
        _ => time(grammar, input, text(&row["reference"]), expected),
    };
    (got != wanted).then(|| format!("`{input}` is {got}, not {wanted}"))
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map_or_else(|| "nothing".to_owned(), |value| value.to_string())
}

fn decimal(value: &Value) -> Option<Decimal> {
    value.as_f64().and_then(|number| number.to_string().parse().ok()).map(|number: Decimal| number.normalize())
}

/// Amount and currency; the bounds of an interval stand on the side that the words name.
fn money(grammar: &Grammar<'_>, input: &str, expected: &Value) -> (String, String) {
    let unit = match text(&expected["unit"]) {
        "$" | "cent" => "USD",
        "£" => "GBP",
        other => other,
    };
    // A cent is a hundredth of a dollar.
    let share = if expected["unit"] == "cent" { Decimal::new(1, 2) } else { Decimal::ONE };
    let at = |key: &str| decimal(&expected[key]).map(|value| (value * share).normalize());
    let wanted = match (at("value").or(at("from")).or(at("to")), at("from"), at("to")) {
        (_, Some(low), Some(high)) => format!("{low} to {high} {unit}"),
        (value, ..) => format!("{} {unit}", shown(value)),
    };
    let found = grammar.quantities(input);
    let got = found.iter().map(|found| {
        let range = found.high.map(|high| format!(" to {high}")).unwrap_or_default();
        format!("{}{range} {}", found.value, found.unit.as_deref().unwrap_or("-"))
    });
    (got.collect::<Vec<_>>().join(" and "), wanted)
}

/// First and last day, and for a single unit of time its kind.
fn time(grammar: &Grammar<'_>, input: &str, reference: &str, expected: &Value) -> (String, String) {
    let day = |value: &Value| -> Option<Date> {
        let text = text(value);
        let padded = if text.len() == 7 { format!("{text}-01") } else { text.get(..10).unwrap_or_default().to_owned() };
        padded.parse().ok()
    };
    let grain = text(&expected["grain"]);
    let start = day(&expected["start"]).expect("a row states its start");
    let end = if let Some(last) = day(&expected["end_inclusive"]) {
        unit(last, grain).end()
    } else if let Some(after) = day(&expected["end"]) {
        after.saturating_sub(1.day())
    } else {
        unit(start, grain).end()
    };
    let today = day(&Value::from(reference)).expect("a row states its reference");
    let found = grammar.periods(input, today, Lean::Ahead);
    let got = match found.as_slice() {
        [] => "nothing".to_owned(),
        found => found.iter().map(|found| format!("{} to {}", found.period.start(), found.period.end())).collect::<Vec<_>>().join(" and "),
    };
    (got, format!("{start} to {end}"))
}

/// The unit of time that begins on a day.
fn unit(start: Date, grain: &str) -> Period {
    let period = match grain {
        "year" => Period::Year(start.year()),
        "quarter" => Period::Quarter(start.year(), (start.month() + 2) / 3),
        "month" => Period::Month(start.year(), start.month()),
        "week" => Period::Span { start, years: 0, months: 0, days: 7 },
        _ => Period::Day(start),
    };
    debug_assert!(grain != "month" || period.frequency() == Frequency::Monthly);
    period
}
