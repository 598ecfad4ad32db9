//! The end of a run for people: pages read and refused, observations by indicator, checks that failed, where the files are.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use transformer::{FailedCheck, Summary};

use crate::console::Console;
use crate::exit::Exit;
use crate::records::Tally;
use crate::run::Run;
use crate::terminal::grouped;

/// Lines of a list before the rest is counted.
const LONGEST: usize = 15;

const HEAD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// What there is to tell of a run.
#[derive(Default)]
pub struct Story<'r> {
    /// What was read from pages.
    pub tally: Option<&'r Tally>,
    /// What the dataset holds, and the checks that failed.
    pub dataset: Option<(&'r Summary, &'r [FailedCheck])>,
    /// Where the result is.
    pub written: Option<&'r Path>,
}

impl Story<'_> {
    /// Tells how the run ended: a text for people, an event for schedulers.
    pub fn tell(&self, run: &Run, console: &Console, exit: Exit) {
        if console.json() {
            self.event(run, exit);
        } else {
            console.say(&self.text(run, exit));
        }
    }

    fn event(&self, run: &Run, exit: Exit) {
        tracing::info!(
            exit = exit as u8,
            seconds = run.seconds(),
            articles = self.tally.map(|tally| tally.articles),
            refused = self.tally.map(|tally| tally.refused.len()),
            observations = self.tally.map(Tally::observed),
            series = self.dataset.map(|(summary, _)| summary.series),
            checks_failed = self.dataset.map(|(_, failed)| failed.len()),
            "done"
        );
    }

    fn text(&self, run: &Run, exit: Exit) -> String {
        let mut text = String::new();
        if let Some(tally) = self.tally {
            pages(&mut text, tally, run.seconds());
            if tally.articles > 0 {
                observations(&mut text, tally);
            }
        }
        if let Some((summary, failed)) = self.dataset {
            dataset(&mut text, summary);
            checks(&mut text, summary, failed);
        }
        match (exit, self.written) {
            (Exit::NothingRead, _) => section(&mut text, "files", "none written: no page could be read"),
            (_, Some(path)) if path != Path::new("-") => section(&mut text, "files", &path.display().to_string()),
            _ => {}
        }
        text
    }
}

fn section(text: &mut String, name: &str, says: &str) {
    let _ = writeln!(text, "{HEAD}{name:>12}{HEAD:#}  {says}");
}

fn item(text: &mut String, count: u64, says: &str) {
    let _ = writeln!(text, "{:>12}  {:>9}  {says}", "", grouped(count));
}

fn pages(text: &mut String, tally: &Tally, seconds: f64) {
    let read = grouped(tally.articles);
    let refused = tally.refused.len() as u64;
    section(text, "pages", &format!("{read} read, {} refused {DIM}in {seconds:.1} s{DIM:#}", grouped(refused)));
    if tally.joined > 0 {
        item(text, tally.joined, "further pages of an article joined to its first");
    }
    let mut reasons: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
    for refused in &tally.refused {
        reasons.entry(refused.issue.kind.as_str()).or_insert((0, &refused.source)).0 += 1;
    }
    for (reason, (count, first)) in reasons {
        item(text, count, &format!("{reason} {DIM}(first: {first}){DIM:#}"));
    }
}

fn observations(text: &mut String, tally: &Tally) {
    let (all, unread) = (grouped(tally.observed()), grouped(tally.unread));
    section(text, "observations", &format!("{all} {DIM}and {unread} numbers not understood{DIM:#}"));
    let mut rows: Vec<(&str, u64)> = tally.observations.iter().filter_map(|(id, count)| Some((id.as_deref()?, *count))).collect();
    rows.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    for (id, count) in rows.iter().take(LONGEST) {
        item(text, *count, id);
    }
    let rest: u64 = rows.iter().skip(LONGEST).map(|(_, count)| count).sum();
    if rest > 0 {
        item(text, rest, &format!("{DIM}of {} further indicators{DIM:#}", rows.len() - LONGEST));
    }
    if let Some(count) = tally.observations.get(&None) {
        item(text, *count, &format!("{DIM}without an indicator of the vocabulary{DIM:#}"));
    }
}

fn dataset(text: &mut String, summary: &Summary) {
    let articles = match summary.copies {
        0 => grouped(summary.articles as u64),
        copies => format!("{} ({} copies)", grouped(summary.articles as u64), grouped(copies as u64)),
    };
    let metrics: usize = summary.metrics.values().sum();
    let (figures, series) = (grouped(summary.observations as u64), grouped(summary.series as u64));
    let conflicts = grouped(summary.conflicts as u64);
    let metrics = grouped(metrics as u64);
    section(
        text,
        "dataset",
        &format!("{articles} articles, {figures} observations, {series} series ({conflicts} in conflict), {metrics} metrics"),
    );
}

fn checks(text: &mut String, summary: &Summary, failed: &[FailedCheck]) {
    let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
    for (verdict, count) in summary.checks.values().flatten() {
        *verdicts.entry(verdict).or_default() += count;
    }
    let counts: Vec<String> = verdicts.iter().map(|(verdict, count)| format!("{} {verdict}", grouped(*count as u64))).collect();
    section(text, "checks", &if counts.is_empty() { "none".to_owned() } else { counts.join(", ") });
    let red = AnsiColor::Red.on_default();
    for failed in failed.iter().take(LONGEST) {
        let _ = writeln!(
            text,
            "{:>12}  {red}{}{red:#} {DIM}{}{DIM:#}",
            "",
            failed.check,
            failed.article.as_deref().unwrap_or("across articles")
        );
        let _ = writeln!(text, "{:>12}    {}", "", failed.explanation);
    }
    if let more @ 1.. = failed.len().saturating_sub(LONGEST) {
        let _ = writeln!(text, "{:>12}  {DIM}and {more} more: see the table checks{DIM:#}", "");
    }
}
