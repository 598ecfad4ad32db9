//! A run that is killed at any moment leaves the old dataset or the new one, and the next run needs no hand.

#![expect(clippy::unwrap_used, reason = "a test that panics has said what it has to say")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The program under test.
const SOLIEU: &str = env!("CARGO_BIN_EXE_solieu");
/// How often a run is killed.
const KILLS: u32 = 100;

#[test]
fn a_killed_run_leaves_a_whole_dataset() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let pages = pages();
    let (few, all) = (&pages[..1], &pages[..]);

    finish(all, &folder.path().join("all"));
    let started = Instant::now();
    finish(few, &out);
    let took = started.elapsed().max(Duration::from_millis(20));
    let (old, new) = (tables(&out), tables(&folder.path().join("all")));
    assert!(old != new);

    let (mut olds, mut news) = (0, 0);
    for kill in 0..KILLS {
        // Every second run wants the other dataset, so that there is something to lose each time.
        let mut run = command(if kill % 2 == 0 { all } else { few }, &out).spawn().unwrap();
        thread::sleep(took * kill / KILLS * 2);
        let _ = run.kill();
        run.wait().unwrap();
        let found = tables(&out);
        assert!(found == old || found == new, "killed {kill}: a mixture");
        if found == old { olds += 1 } else { news += 1 }
    }
    assert!(olds > 0 && news > 0, "{olds} old, {news} new: the kills missed the moments that matter");
    finish(all, &out);
    assert!(tables(&out) == new);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "something is left beside the dataset: {left:?}");
}

/// A limit on the size of files stands for a full disk: writing fails, in the staging folder or in the dataset's.
#[cfg(unix)]
#[test]
fn a_full_disk_gives_one_clear_line_and_leaves_the_old_dataset() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let pages = pages();
    finish(&pages[..1], &out);
    let old = tables(&out);
    for blocks in ["8", "64", "160"] {
        let mut run = Command::new("sh");
        run.args(["-c", r#"trap "" XFSZ; ulimit -f "$0"; exec "$@""#, blocks, SOLIEU, "--quiet", "pipeline"]).args(&pages);
        let done = run.arg("--out").arg(&out).output().unwrap();
        let said = String::from_utf8(done.stderr).unwrap();
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(done.status.code(), Some(7), "{blocks} blocks: {said}");
        assert!(lines.len() == 2 && lines[0].starts_with("error: ") && lines[1].starts_with("hint: "), "{blocks} blocks: {said}");
        assert!(lines[0].ends_with(": File too large"), "{blocks} blocks: {said}");
        assert!(tables(&out) == old, "{blocks} blocks: the old dataset is another");
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 1, "something is left beside the dataset: {left:?}");
}

fn finish(pages: &[PathBuf], out: &Path) {
    assert!(command(pages, out).status().unwrap().success());
}

fn command(pages: &[PathBuf], out: &Path) -> Command {
    let mut command = Command::new(SOLIEU);
    command.args(["--quiet", "pipeline"]).args(pages).arg("--out").arg(out).stderr(Stdio::inherit());
    command
}

/// The bundled pages.
fn pages() -> Vec<PathBuf> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/samples");
    let mut pages: Vec<PathBuf> = fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|page| page.extension().is_some_and(|ending| ending == "html"));
    pages.sort();
    pages
}

/// The files of a dataset, without the run's own story, which has a clock in it.
fn tables(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path()).filter(|path| !path.ends_with("run.json"));
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(path).unwrap())).collect()
}
