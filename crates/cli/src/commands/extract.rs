//! `solieu extract`: pages to records.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{Reading, examples, exit_of};
use crate::console::Console;
use crate::exit::Exit;
use crate::output::Output;
use crate::records::Records;
use crate::run::Run;
use crate::stages::Reader;
use crate::summary::Story;

const EXAMPLES: &[(&str, &str)] = &[
    ("A folder of pages into a file of records", "solieu extract data/samples --out records.jsonl"),
    ("One page, as JSON on standard output", "solieu extract data/samples/ha-noi-cong-thuong-2020.html"),
    ("A page from standard input", "solieu extract - < data/samples/ha-noi-cong-thuong-2020.html"),
];

/// Reads pages into records: article, figures and what could not be read, a JSON line each.
#[derive(Args, Debug)]
#[command(after_help = examples(EXAMPLES))]
pub struct Extract {
    /// Which pages.
    #[command(flatten)]
    reading: Reading,
    /// The file to write, packed if it ends in .gz; `-` is standard output.
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    out: PathBuf,
}

impl Extract {
    /// Runs it.
    pub fn run(self, console: &Console) -> Result<Exit> {
        let run = Run::start();
        let known = self.reading.tables.load()?;
        let reader = Reader::new(&known);
        let inputs = self.reading.inputs()?;
        let mut output = Output::create(&self.out)?;
        let mut records = Records::new(&reader, inputs, console);
        for record in &mut records {
            output.line(&serde_json::to_vec(&record)?)?;
        }
        let tally = records.into_tally();
        let exit = exit_of(&tally);
        if exit != Exit::NothingRead {
            output.finish()?;
        }
        Story { tally: Some(&tally), written: Some(&self.out), ..Story::default() }.tell(&run, console, exit);
        Ok(exit)
    }
}
