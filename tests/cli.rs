//! The program from outside: commands, files, output and exit code, as the corpus in `corpus/cli` states them.
//!
//! A case is a script for `sh` in an empty folder. `UPDATE=1` rewrites what is expected; read the diff before you commit it.

#![expect(clippy::unwrap_used, reason = "a test that panics has said what it has to say")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The program under test.
const SOLIEU: &str = env!("CARGO_BIN_EXE_solieu");

/// One case of the corpus.
#[derive(Clone, Debug, PartialEq)]
struct Case {
    name: String,
    /// What is run.
    script: String,
    /// What comes of it: exit code, both streams, files left.
    outcome: String,
}

#[test]
fn the_corpus_holds() {
    let mut wrong = Vec::new();
    for path in corpus() {
        let cases = read(&path);
        let now: Vec<Case> = cases.iter().map(|case| Case { outcome: play(&case.script), ..case.clone() }).collect();
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&path, now.iter().map(print).collect::<Vec<_>>().join("\n")).unwrap();
            continue;
        }
        for (case, now) in cases.iter().zip(&now).filter(|(case, now)| case != now) {
            wrong.push(format!("{}: expected\n{}\nbut it gave\n{}", case.name, case.outcome, now.outcome));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_example_of_the_help_runs() {
    let commands = commands();
    assert!(commands.len() > 5, "the help lists its commands: {commands:?}");
    for command in commands.iter().filter(|command| *command != "help") {
        let help = text(&solieu(&["help", command]).stdout);
        let examples: Vec<&str> = help.lines().filter_map(|line| line.trim().strip_prefix("$ ")).collect();
        assert!(!examples.is_empty(), "`solieu help {command}` shows no example");
        let folder = tempfile::tempdir().unwrap();
        copy(&root().join("data/samples"), &folder.path().join("data/samples"));
        for example in examples {
            let output = sh(&example.replace("| less -R", "| cat"), folder.path());
            assert!(output.status.success(), "{example}\n{}", text(&output.stderr));
        }
    }
}

#[test]
fn the_readme_lists_the_exit_codes() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let help = text(&solieu(&["--help"]).stdout);
    let codes: Vec<(&str, &str)> =
        help.lines().skip_while(|line| *line != "Exit codes:").skip(1).filter_map(|line| line.trim().split_once("  ")).collect();
    assert!(codes.len() > 5, "{help}");
    for (code, means) in codes {
        assert!(readme.contains(&format!("| {code} | {means} |")), "README.md: no row `| {code} | {means} |`");
    }
}

#[test]
fn the_readme_shows_what_is_printed() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let block = readme.split("```console\n$ ").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let (command, printed) = block.split_once('\n').unwrap();
    let output = text(&sh(&format!("COLUMNS=100 {command}"), &root()).stdout);
    assert!(output.contains(printed), "`{command}` prints\n{output}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("data/samples"), &folder.path().join("pages"));
    let output = sh(
        "for i in 1 2 3 4 5 6; do cp -r pages more$i; done; { solieu extract . ; echo $? > code; } | head -c 10; cat code",
        folder.path(),
    );
    assert!(text(&output.stdout).ends_with("0\n"), "{output:?}");
}

fn corpus() -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(root().join("tests/corpus/cli")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// `=== name`, the script, `---`, what comes of it.
fn read(path: &Path) -> Vec<Case> {
    let whole = fs::read_to_string(path).unwrap();
    let mut cases = Vec::new();
    for block in whole.split("=== ").skip(1) {
        let (name, rest) = block.split_once('\n').unwrap();
        let (script, outcome) = rest.split_once("---\n").unwrap_or((rest, ""));
        cases.push(Case { name: name.to_owned(), script: script.to_owned(), outcome: outcome.trim_end().to_owned() });
    }
    cases
}

fn print(case: &Case) -> String {
    format!("=== {}\n{}---\n{}\n", case.name, case.script, case.outcome)
}

/// Runs a script in an empty folder.
fn play(script: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let output = sh(script, folder.path());
    let mut lines = vec![format!("exit {}", output.status.code().unwrap_or(-1))];
    for (name, stream) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
        let stream = text(stream).replace(&folder.path().display().to_string(), ".");
        lines.extend(stream.lines().map(|line| format!("{name}: {}", without_times(line))));
    }
    let mut left = Vec::new();
    list(folder.path(), folder.path(), &mut left);
    left.sort();
    lines.push(format!("left: {}", left.join(" ")));
    lines.join("\n").lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Durations differ from run to run.
fn without_times(line: &str) -> String {
    let Some((before, after)) = line.split_once(" in ") else { return line.to_owned() };
    match after.split_once(" s") {
        Some((seconds, rest)) if seconds.parse::<f64>().is_ok() => format!("{before} in ? s{rest}"),
        _ => line.to_owned(),
    }
}

fn list(root: &Path, folder: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() {
            list(root, &path, names);
        } else {
            names.push(path.strip_prefix(root).unwrap().display().to_string());
        }
    }
}

fn sh(script: &str, folder: &Path) -> Output {
    let path = std::env::var("PATH").unwrap_or_default();
    let bin = Path::new(SOLIEU).parent().unwrap().display().to_string();
    let mut command = Command::new("bash");
    command.args(["-c", script]).current_dir(folder).env("PATH", format!("{bin}:{path}")).env("ROOT", root());
    command.env("NO_COLOR", "1").env("COLUMNS", "80").env_remove("SOLIEU_LOG").output().unwrap()
}

fn solieu(arguments: &[&str]) -> Output {
    Command::new(SOLIEU).args(arguments).output().unwrap()
}

/// The commands that the help lists.
fn commands() -> Vec<String> {
    let help = text(&solieu(&["--help"]).stdout);
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    list.filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|word| !word.is_empty()).map(str::to_owned)).collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
