//! `solieu explain`: how one sentence was read.

use std::io::{self, BufRead, Write};

use anyhow::Result;
use clap::Args;
use jiff::civil::Date;

use super::examples;
use crate::app::Tables;
use crate::exit::Exit;
use crate::input::STANDARD_INPUT;
use crate::stages::Reader;

const EXAMPLES: &[(&str, &str)] = &[
    ("One sentence", "solieu explain \"Kim ngạch xuất khẩu quý I/2024 đạt 93,1 tỷ USD, tăng 17%\""),
    (
        "With the day of publication, which settles what the sentence leaves open",
        "solieu explain --published 2024-04-01 \"CPI tháng 3 giảm 0,23%\"",
    ),
    ("Sentences from standard input, a line each", "echo \"GRDP tăng 6,5%\" | solieu explain -"),
];

/// Shows how a sentence was read, part by part.
#[derive(Args, Debug)]
#[command(after_help = examples(EXAMPLES))]
pub struct Explain {
    /// The sentence; `-` reads sentences from standard input, a line each.
    #[arg(required = true, value_name = "SENTENCE")]
    sentence: Vec<String>,
    /// The day on which it was published.
    #[arg(long, value_name = "DATE")]
    published: Option<Date>,
    /// Where the tables come from.
    #[command(flatten)]
    tables: Tables,
}

impl Explain {
    /// Runs it.
    pub fn run(self) -> Result<Exit> {
        let known = self.tables.load()?;
        let reader = Reader::new(&known);
        let mut out = anstream::stdout().lock();
        let mut explain = |sentence: &str| writeln!(out, "{}", reader.grammar.explain(sentence, self.published).trim_end());
        if self.sentence == [STANDARD_INPUT] {
            for line in io::stdin().lock().lines() {
                explain(&line?)?;
            }
        } else {
            explain(&self.sentence.join(" "))?;
        }
        Ok(Exit::Done)
    }
}
