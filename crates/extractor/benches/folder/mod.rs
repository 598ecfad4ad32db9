//! The pages that are measured: the project's samples, or those of the folder that `PAGES` names (`.html`, gzip or not).

use std::fs;
use std::io::Read;
use std::path::PathBuf;

/// The pages of the folder, in order of name.
pub fn pages() -> Vec<String> {
    let folder =
        std::env::var_os("PAGES").map_or_else(|| PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/samples")), PathBuf::from);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let text = |file: &PathBuf| {
        let bytes = fs::read(file).unwrap();
        if file.extension().is_some_and(|ending| ending == "gz") {
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).unwrap();
            return String::from_utf8_lossy(&unpacked).into_owned();
        }
        String::from_utf8_lossy(&bytes).into_owned()
    };
    files.iter().filter(|file| file.to_string_lossy().contains(".html")).map(text).collect()
}
