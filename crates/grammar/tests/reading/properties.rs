//! What holds for every text: what is printed is read back, quotes stand where they say, and a text's spelling does not matter.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use grammar::{Grammar, Lean, Reading};
use jiff::civil::{Date, date};
use knowledge::Knowledge;
use model::{Article, Period};
use proptest::prelude::*;
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use crate::corpus::{cases, paragraphs, root};

static KNOWN: LazyLock<Knowledge> = LazyLock::new(|| Knowledge::load(None).expect("the built-in tables load"));
static GRAMMAR: LazyLock<Grammar<'static>> = LazyLock::new(|| Grammar::new(&KNOWN));

/// Words of a text that is cut.
const CUT: usize = 12;

/// Every text at hand: the corpora, and the evaluation's development texts where they stand beside the repository.
fn texts() -> Vec<(String, Option<Date>)> {
    let mut texts: Vec<(String, Option<Date>)> =
        ["statements", "vocabulary"].into_iter().flat_map(cases).map(|case| (case.text, case.published)).collect();
    let articles =
        ["../shared", "../../shared"].iter().find_map(|path| fs::read_to_string(root().join(path).join("eval/dev/articles.jsonl")).ok());
    for line in articles.unwrap_or_default().lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("an article is JSON");
        let published = row["published"].as_str().and_then(|day| day.get(..10)?.parse().ok());
        texts.push((row["text"].as_str().unwrap_or_default().to_owned(), published));
    }
    texts
}

fn read(text: &str, published: Option<Date>) -> (Article, Reading) {
    let article = paragraphs("text", text, published);
    let reading = GRAMMAR.read(&article);
    (article, reading)
}

/// Every offset names its quote, and no two figures of a text overlap.
fn check_spans(article: &Article, reading: &Reading) {
    let chars: Vec<char> = article.text.chars().collect();
    let mut last = 0;
    for observation in &reading.observations {
        let (start, end) = (observation.start as usize, observation.end as usize);
        assert!(start >= last && start < end && end <= chars.len(), "{start}..{end} behind {last}: {}", article.text);
        assert_eq!(chars[start..end].iter().collect::<String>(), observation.quote);
        last = end;
    }
    for unread in &reading.unread {
        assert_eq!(chars[unread.start as usize..unread.end as usize].iter().collect::<String>(), unread.quote);
    }
}

#[test]
fn quotes_stand_at_their_offsets() {
    for (text, published) in texts() {
        let (article, reading) = read(&text, published);
        check_spans(&article, &reading);
    }
}

/// A reading without its offsets and its texts, which change with the spelling.
fn facts(text: &str, published: Option<Date>) -> Vec<String> {
    let (article, reading) = read(text, published);
    check_spans(&article, &reading);
    let fact = |o: &model::Observation| {
        format!(
            "{} {:?} {} {} {} {:?} {:?} {:?} {:?} {}",
            o.value,
            o.value_high,
            o.unit,
            o.bound.as_str(),
            o.measure.as_str(),
            o.indicator,
            o.region,
            o.period,
            o.compared_with,
            o.status.as_str(),
        )
    };
    reading.observations.iter().map(fact).collect()
}

fn same_facts(name: &str, respell: impl Fn(&str) -> String) {
    let mut different = Vec::new();
    for (text, published) in texts() {
        let composed: String = text.nfc().collect();
        let respelt = respell(&composed);
        let (before, after) = (facts(&composed, published), facts(&respelt, published));
        if before != after {
            let at = before.iter().zip(&after).position(|(one, other)| one != other).unwrap_or(before.len().min(after.len()));
            different.push(format!("{}\n    {:?}\n    {:?}", respelt.chars().take(80).collect::<String>(), before.get(at), after.get(at)));
        }
    }
    assert!(
        different.is_empty(),
        "{name}: {} texts are read differently\n{}",
        different.len(),
        different[..different.len().min(12)].join("\n")
    );
}

/// A text may end behind any word: `… theo` announces a speaker that does not come.
#[test]
fn a_text_that_ends_behind_any_word_is_read() {
    for (text, published) in texts() {
        let words: Vec<&str> = text.split_whitespace().collect();
        for end in 1..words.len() {
            let (article, reading) = read(&words[end.saturating_sub(CUT)..end].join(" "), published);
            check_spans(&article, &reading);
        }
    }
}

#[test]
fn decomposed_text_says_the_same() {
    same_facts("NFD", |text| text.nfd().collect());
}

#[test]
fn no_break_and_thin_spaces_say_the_same() {
    same_facts("no-break spaces", |text| text.replace(' ', "\u{a0}"));
    same_facts("thin spaces", |text| text.replace(' ', "\u{2009}"));
}

#[test]
fn placement_of_the_tone_does_not_matter() {
    same_facts("new placement", |text| syllables(text, &|syllable| place_tone(syllable, true)));
    same_facts("old placement", |text| syllables(text, &|syllable| place_tone(syllable, false)));
}

#[test]
fn i_and_y_do_not_matter() {
    same_facts("tỉ", |text| text.replace("tỷ", "tỉ").replace("kỳ", "kì"));
    same_facts("tỷ", |text| text.replace("tỉ ", "tỷ ").replace("kì ", "kỳ "));
}

/// Rewrites every run of letters.
fn syllables(text: &str, rewrite: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut word = String::new();
    for letter in text.chars() {
        if letter.is_alphabetic() {
            word.push(letter);
        } else {
            out.push_str(&rewrite(&word));
            word.clear();
            out.push(letter);
        }
    }
    out + &rewrite(&word)
}

/// `hòa` to `hoà` and back: the tone of oa, oe, uy at the end of a syllable.
fn place_tone(syllable: &str, new: bool) -> String {
    const OLD_AND_NEW: [(&str, &str); 15] = [
        ("òa", "oà"),
        ("óa", "oá"),
        ("ỏa", "oả"),
        ("õa", "oã"),
        ("ọa", "oạ"),
        ("òe", "oè"),
        ("óe", "oé"),
        ("ỏe", "oẻ"),
        ("õe", "oẽ"),
        ("ọe", "oẹ"),
        ("ùy", "uỳ"),
        ("úy", "uý"),
        ("ủy", "uỷ"),
        ("ũy", "uỹ"),
        ("ụy", "uỵ"),
    ];
    for (old, moved) in OLD_AND_NEW {
        let (from, to) = if new { (old, moved) } else { (moved, old) };
        if let Some(stem) = syllable.strip_suffix(from) {
            // The u of `quý` belongs to the consonant.
            if !(stem.ends_with(['q', 'Q']) && from.contains('y')) {
                return format!("{stem}{to}");
            }
        }
    }
    syllable.to_owned()
}

/// Prints a number as Vietnamese papers do.
fn printed(value: Decimal) -> String {
    let text = value.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push('.');
        }
        out.push(digit);
    }
    if fraction.is_empty() { out } else { format!("{out},{fraction}") }
}

/// Spells a number below a billion.
fn spelt(value: u32) -> String {
    const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
    let group = |n: u32, full: bool| {
        let (hundreds, tens, ones) = (n / 100, n / 10 % 10, n % 10);
        let mut words: Vec<&str> = Vec::new();
        if full || hundreds > 0 {
            words.extend([DIGITS[hundreds as usize], "trăm"]);
        }
        match (tens, ones) {
            (0, 0) => {}
            (0, _) if words.is_empty() => words.push(DIGITS[ones as usize]),
            (0, _) => words.extend(["linh", DIGITS[ones as usize]]),
            (1, 0) => words.push("mười"),
            (1, 5) => words.extend(["mười", "lăm"]),
            (1, _) => words.extend(["mười", DIGITS[ones as usize]]),
            (_, 0) => words.extend([DIGITS[tens as usize], "mươi"]),
            (_, 1) => words.extend([DIGITS[tens as usize], "mươi", "mốt"]),
            (_, 4) => words.extend([DIGITS[tens as usize], "mươi", "tư"]),
            (_, 5) => words.extend([DIGITS[tens as usize], "mươi", "lăm"]),
            _ => words.extend([DIGITS[tens as usize], "mươi", DIGITS[ones as usize]]),
        }
        words.join(" ")
    };
    if value == 0 {
        return DIGITS[0].to_owned();
    }
    let mut parts: Vec<String> = Vec::new();
    for (scale, name) in [(1_000_000, " triệu"), (1000, " nghìn"), (1, "")] {
        let n = value / scale % 1000;
        if n > 0 {
            parts.push(group(n, !parts.is_empty()) + name);
        }
    }
    parts.join(" ")
}

/// Every form in which a period is written.
fn written(period: Period) -> String {
    match period {
        Period::Year(year) => format!("năm {year}"),
        Period::Half(year, 1) => format!("nửa đầu năm {year}"),
        Period::Half(year, _) => format!("nửa cuối năm {year}"),
        Period::Quarter(year, quarter) => format!("quý {} năm {year}", ["I", "II", "III", "IV"][quarter as usize - 1]),
        Period::Month(year, month) => format!("tháng {month}/{year}"),
        Period::Day(day) => format!("ngày {}/{}/{}", day.day(), day.month(), day.year()),
        Period::Span { start, months, .. } => format!("{months} tháng đầu năm {}", start.year()),
    }
}

fn periods() -> impl Strategy<Value = Period> {
    let year = 1990i16..2060;
    prop_oneof![
        year.clone().prop_map(Period::Year),
        (year.clone(), 1i8..=2).prop_map(|(year, half)| Period::Half(year, half)),
        (year.clone(), 1i8..=4).prop_map(|(year, quarter)| Period::Quarter(year, quarter)),
        (year.clone(), 1i8..=12).prop_map(|(year, month)| Period::Month(year, month)),
        (year.clone(), 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| Period::Day(date(year, month, day))),
        (year, 2i16..=11).prop_map(|(year, months)| Period::months(year, 1, months).expect("January begins a span")),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn printed_amounts_are_read_back(digits in 1i64..1_000_000_000_000, places in 0u32..3, scale in prop::sample::select(vec![("", 0u32), (" nghìn", 3), (" triệu", 6), (" tỷ", 9), (" nghìn tỷ", 12)])) {
        let value = Decimal::new(digits, places).normalize();
        // Đồng have no decimals, and a billion billions is no amount.
        prop_assume!((scale.1 > 0 || value.scale() == 0) && digits < 10i64.pow(18 - scale.1));
        let text = format!("Doanh thu đạt {}{} đồng.", printed(value), scale.0);
        let found = GRAMMAR.quantities(&text);
        prop_assert_eq!(found.len(), 1, "{}", text);
        prop_assert_eq!(found[0].value, (value * Decimal::from(10i64.pow(scale.1))).normalize(), "{}", text);
        prop_assert_eq!(found[0].unit.as_deref(), Some("VND"));
    }

    #[test]
    fn spelt_numbers_are_read_back(value in 0u32..1_000_000_000) {
        prop_assert_eq!(GRAMMAR.number(&spelt(value)), Some(Decimal::from(value)), "{}", spelt(value));
    }

    #[test]
    fn written_periods_are_read_back(period in periods()) {
        let found = GRAMMAR.periods(&written(period), date(2025, 6, 15), Lean::Back);
        prop_assert_eq!(found.iter().map(|found| found.period).collect::<Vec<_>>(), vec![period], "{}", written(period));
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,200}", year in 1900i16..2200) {
        let (article, reading) = read(&text, Date::new(year, 1, 31).ok());
        check_spans(&article, &reading);
    }

    #[test]
    fn no_mixture_of_words_panics(words in prop::collection::vec(prop::sample::select(WORDS), 0..40), day in 1i8..=28) {
        let (article, reading) = read(&words.join(" "), Some(date(2024, 2, day)));
        check_spans(&article, &reading);
    }
}

/// Pieces that the grammar has rules for.
const WORDS: &[&str] = &[
    "GDP",
    "xuất khẩu",
    "đạt",
    "tăng",
    "giảm",
    "từ",
    "lên",
    "đến",
    "và",
    "giữa",
    "khoảng",
    "hơn",
    "10",
    "12,5",
    "3.060,7",
    "1/4",
    "106/119",
    "-5",
    "- 7",
    "%",
    "tỷ",
    "nghìn",
    "đồng",
    "USD",
    "$",
    "/kg",
    "mỗi",
    "điểm",
    "lần",
    "gấp",
    "đôi",
    "rưỡi",
    "một nửa",
    "hai phần ba",
    "quý III",
    "tháng 10",
    "năm 2020",
    "năm",
    "tháng",
    "cùng kỳ",
    "so với",
    "trong đó",
    "lần lượt",
    "(",
    ")",
    ":",
    ";",
    ".",
    ",",
    "\n",
    "kế hoạch",
    "không",
    "phẩy",
    "trăm",
    "linh",
    "mười",
    "mươi",
    "tư",
    "chấm",
    "âm",
    "31/2",
    "29/2/2023",
    "99/99",
    "0912",
    "+84",
    "số",
    "giai đoạn",
    "2021-2025",
    "99999999999999999999999999999",
    "0,0000000000000000001",
    "1.2.3.4",
    "9999999999 tỷ tỷ tỷ tỷ",
];

#[test]
fn texts_are_varied() {
    let texts: BTreeSet<String> = texts().into_iter().map(|(text, _)| text).collect();
    assert!(texts.len() >= 900, "only {} texts are compared", texts.len());
}
