//! Reads JSON Lines of articles (`id`, `published`, `text`, one paragraph a line) and prints observations as JSON Lines.
//!
//! `cargo run --release -p grammar --example observations < articles.jsonl`

use std::error::Error;
use std::io::{self, BufRead, Write};

use grammar::Grammar;
use jiff::civil::Date;
use knowledge::Knowledge;
use model::{Article, Block, BlockKind, Record, When};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let known = Knowledge::load(None)?;
    let grammar = Grammar::new(&known);
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let value: Value = serde_json::from_str(&line?)?;
        let article = article(&value);
        let reading = grammar.read(&article);
        let record = Record { article, observations: reading.observations, unread: reading.unread };
        for observation in &record.observations {
            let mut row = serde_json::to_value(observation)?;
            row["article"] = record.article.id.clone().into();
            for field in ["value", "value_high"] {
                if let Some(text) = row[field].as_str() {
                    row[field] = serde_json::from_str(text)?;
                }
            }
            if let Some(compared) = observation.compared_with {
                row["compared_with"] = compared.to_string().into();
            }
            serde_json::to_writer(&mut out, &row)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

/// One block a line; a short first line without a stop is the title.
fn article(value: &Value) -> Article {
    let text = value["text"].as_str().unwrap_or_default().to_owned();
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in model::unwrapped(&text).split('\n') {
        let length = line.chars().count() as u32;
        if !line.trim().is_empty() {
            let title = blocks.is_empty() && length < 160 && !line.trim_end().ends_with(['.', '!', '…']);
            let kind = if title { BlockKind::Title } else { BlockKind::Paragraph };
            blocks.push(Block { kind, text: line.to_owned(), span: Some((at, at + length)), href: None, image: None });
        }
        at += length + 1;
    }
    let published = value["published"].as_str().and_then(day).map(When::Day);
    Article { published, text, blocks, ..Article::empty(value["id"].as_str().unwrap_or_default(), "standard input") }
}

/// A day, or the last one of a month (`2021-01`).
fn day(text: &str) -> Option<Date> {
    let month = || text.get(..7).and_then(|month| format!("{month}-01").parse::<Date>().ok()).map(Date::last_of_month);
    text.get(..10).and_then(|day| day.parse().ok()).or_else(month)
}
