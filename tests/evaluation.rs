//! The scores of the readings against gold made by hand, where the evaluation stands beside the repository; elsewhere nothing is scored.
//!
//! The least scores are those that the project has promised, not those that it has reached: a test that fails here has lost something
//! that was held.

#![expect(clippy::unwrap_used, reason = "a test that panics has said what it has to say")]
#![expect(clippy::print_stderr, reason = "a test that is left out says so")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The program under test.
const SOLIEU: &str = env!("CARGO_BIN_EXE_solieu");

/// What the development texts must score at least.
const DEVELOPMENT: [&str; 12] = [
    "quote=0.95",
    "value=0.95",
    "unit=0.94",
    "bound=0.93",
    "measure=0.92",
    "indicator=0.85",
    "breakdown=0.70",
    "region=0.92",
    "period=0.88",
    "compared_with=0.85",
    "status=0.93",
    "strict=0.72",
];

#[test]
fn the_development_texts_score_what_was_promised() {
    score("dev/articles.jsonl", "dev/gold", &[], &DEVELOPMENT);
}

#[test]
fn the_seed_article_scores_what_was_promised() {
    // (offsets in the page are others than in the text of the gold)
    score("seed/article.html", "seed/gold", &["--no-start"], &["strict=0.95"]);
}

/// Makes the dataset of an input and scores its observations; the scorer says which field falls short.
fn score(input: &str, gold: &str, arguments: &[&str], least: &[&str]) {
    let Some(evaluation) = evaluation() else {
        eprintln!("left out: no evaluation beside the repository");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    succeed(Command::new(SOLIEU).arg("pipeline").arg(evaluation.join(input)).arg("--out").arg(folder.path()));
    let mut scorer = Command::new("python3");
    scorer.arg(evaluation.join("score.py")).arg(evaluation.join(gold)).arg(folder.path().join("observations.csv")).args(arguments);
    succeed(scorer.args(least.iter().flat_map(|least| ["--min", *least])));
}

/// Where the evaluation stands, if it does.
fn evaluation() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/eval");
    beside.join("score.py").exists().then_some(beside)
}

/// Runs a command, which must succeed.
fn succeed(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?} ended with {}\n{out}{err}", output.status);
}
