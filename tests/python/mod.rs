//! Python with what the scripts import: a virtual environment in the target folder, made once for each list of packages.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The list of packages, with their versions. It is whole, so that pip need look for no others: scipy, which mlcroissant names,
/// debugpy, which ipykernel names, and pandas-stubs are left out, since nothing here comes to use them.
const PACKAGES: &str = include_str!("requirements.txt");

/// The environment's interpreter.
pub fn python() -> PathBuf {
    let target = std::env::current_exe().unwrap().ancestors().nth(3).unwrap().to_owned();
    let made = target.join(format!("python-{}", &blake3::hash(PACKAGES.as_bytes()).to_hex()[..16]));
    let python = made.join("bin/python");
    // Two tests ask at once; the second waits for the first.
    let lock = File::create(made.with_extension("lock")).unwrap();
    lock.lock().unwrap();
    if !made.join("ready").exists() {
        succeed(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&made));
        let list = made.join("requirements.txt");
        fs::write(&list, PACKAGES).unwrap();
        succeed(
            Command::new(&python)
                .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", "--no-deps", "--requirement"])
                .arg(&list),
        );
        fs::write(made.join("ready"), "").unwrap();
    }
    python
}

/// Runs one of the scripts beside this file and returns what it prints.
pub fn script(name: &str, arguments: &[&Path]) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/python").join(name);
    String::from_utf8(succeed(Command::new(python()).arg(path).args(arguments)).stdout).unwrap()
}

/// Runs a command, which must succeed.
pub fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?} ended with {}\n{out}{err}", output.status);
    output
}
