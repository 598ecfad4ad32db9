//! Reading the archive against reading the same pages as files: `cargo bench -p fetcher --bench archive`, with `MEGABYTES=1000` in the environment.
//!
//! A plain program and not a divan bench: one pass over a gigabyte is the measurement, and memory is half of the answer.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::fs;
use std::hint::black_box;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use fetcher::archive::{self, About, Writer, pack};
use fetcher::client::Exchange;
use flate2::Compression;
use flate2::bufread::MultiGzDecoder;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use url::Url;

/// Bytes of one page, about the mean of a Vietnamese news page.
const PAGE: usize = 90_000;

fn main() {
    let megabytes: usize = std::env::var("MEGABYTES").ok().and_then(|text| text.parse().ok()).unwrap_or(200);
    let folder = tempfile::tempdir().expect("a folder for the bench");
    let pages = (megabytes << 20) / PAGE;
    make(folder.path(), pages);
    let size = |path: &str| {
        archive::files(&folder.path().join(path))
            .expect("files")
            .iter()
            .map(|file| fs::metadata(file).map_or(0, |data| data.len()))
            .sum::<u64>()
    };
    println!("{pages} pages of {PAGE} bytes; packed WARC {} MB, plain WARC {} MB", size("packed") >> 20, size("plain") >> 20);

    compare("looking at every byte", folder.path(), 5, look);
    compare("reading as HTML", folder.path(), 1, parse);
}

/// The forms in which the pages lie there, and how each is walked.
const FORMS: [(&str, Walk); 4] = [("files", files), ("files.gz", packed_files), ("plain", warc), ("packed", warc)];

type Walk = fn(&Path, fn(&[u8]) -> u64) -> u64;

/// Reads the pages in every form, and tells the round of each that other work on the machine disturbed least.
fn compare(what: &str, folder: &Path, rounds: usize, reader: fn(&[u8]) -> u64) {
    let mut best = [const { None::<Measured> }; FORMS.len()];
    for _ in 0..rounds {
        for ((name, walk), best) in FORMS.iter().zip(&mut best) {
            let measured = measured(|| walk(&folder.join(name), reader));
            if best.as_ref().is_none_or(|best| measured.clock < best.clock) {
                *best = Some(measured);
            }
        }
    }
    let best: Vec<Measured> = best.into_iter().flatten().collect();
    assert!(best.iter().all(|measured| measured.bytes == best[0].bytes), "all forms hold the same bytes");
    let told = FORMS.iter().zip(&best).map(|((name, _), measured)| {
        let rate = (measured.bytes >> 20) as f64 / measured.clock;
        let (clock, computing) = (best[0].clock / measured.clock, best[0].computing / measured.computing);
        let (clock, computing, memory) = (100.0 * clock, 100.0 * computing, measured.memory);
        format!("{name} {rate:.0} MB/s ({clock:.0} %, computing {:.1} s, {computing:.0} %, {memory} MB)", measured.computing)
    });
    println!("{what}: {}", told.collect::<Vec<_>>().join(", "));
}

struct Measured {
    bytes: u64,
    clock: f64,
    computing: f64,
    memory: u64,
}

fn measured(work: impl FnOnce() -> u64) -> Measured {
    // Linux forgets the peak so far; elsewhere it is that of the whole bench.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let (begun, computed) = (Instant::now(), cpu_seconds());
    let bytes = work();
    Measured { bytes, clock: begun.elapsed().as_secs_f64(), computing: cpu_seconds() - computed, memory: peak_memory() }
}

/// The least that a reader does: look at every byte once.
fn look(bytes: &[u8]) -> u64 {
    black_box(bytes.iter().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte))));
    bytes.len() as u64
}

/// What every reader of pages does first.
fn parse(bytes: &[u8]) -> u64 {
    black_box(scraper::Html::parse_document(&String::from_utf8_lossy(bytes)));
    bytes.len() as u64
}

fn files(folder: &Path, reader: fn(&[u8]) -> u64) -> u64 {
    names(folder).iter().map(|name| reader(&fs::read(name).expect("a page"))).sum()
}

fn packed_files(folder: &Path, reader: fn(&[u8]) -> u64) -> u64 {
    let unpacked = |name: &PathBuf| {
        let mut bytes = Vec::with_capacity(PAGE);
        let file = BufReader::new(fs::File::open(name).expect("a page"));
        MultiGzDecoder::new(file).read_to_end(&mut bytes).expect("a packed page");
        bytes
    };
    names(folder).iter().map(|name| reader(&unpacked(name))).sum()
}

fn names(folder: &Path) -> Vec<PathBuf> {
    let mut names: Vec<_> = fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path()).collect();
    names.sort();
    names
}

fn warc(folder: &Path, reader: fn(&[u8]) -> u64) -> u64 {
    archive::pages(folder).expect("the archive").map(|page| reader(&page.expect("a page").bytes)).sum()
}

fn make(folder: &Path, pages: usize) {
    let at: Timestamp = "2026-01-05T18:00:00Z".parse().expect("a date");
    for form in ["files", "files.gz", "plain"] {
        fs::create_dir_all(folder.join(form)).expect("a folder");
    }
    let mut writer = Writer::new(&folder.join("packed"), "bench", "bench", u64::MAX).expect("a writer");
    for number in 0..pages {
        let body = page(number);
        fs::write(folder.join(format!("files/{number:06}.html")), &body).expect("a page");
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&body).expect("a packed page");
        fs::write(folder.join(format!("files.gz/{number:06}.html.gz")), packed.finish().expect("a packed page")).expect("a page");
        let exchange = Exchange {
            url: Url::parse(&format!("http://bao.example/{number}.html")).expect("an address"),
            at,
            peer: None,
            asked: vec![("host".to_owned(), "bao.example".to_owned())],
            status: 200,
            reason: "OK",
            headers: vec![("content-type".to_owned(), b"text/html; charset=utf-8".to_vec())],
            body,
        };
        writer.append(pack(&exchange, &About::default(), None).expect("a record"), at).expect("a place");
    }
    writer.close().expect("the archive");
    for file in archive::files(&folder.join("packed")).expect("the archive") {
        let plain = folder.join("plain/plain.warc");
        let mut from = MultiGzDecoder::new(BufReader::new(fs::File::open(file).expect("the file")));
        io::copy(&mut from, &mut fs::File::create(plain).expect("a file")).expect("a copy");
    }
}

/// A page as markup goes: much of it repeats, the words do not.
fn page(number: usize) -> Vec<u8> {
    let mut text = String::from("<!doctype html><html><head><meta charset=\"utf-8\"><title>Tin</title></head><body>");
    let mut part = 0_u64;
    while text.len() < PAGE {
        let words = blake3::hash(format!("{number} {part}").as_bytes()).to_hex();
        text.push_str("<div class=\"related-item clearfix\"><a class=\"thumb-1x1\" href=\"/kinh-te/tin-tuc\"><span class=\"sapo\">");
        text.push_str(&words[..24]);
        text.push_str(
            "</span></a></div>\n<p class=\"Normal\" style=\"text-align:justify\">Kim ngạch xuất khẩu của cả nước trong tháng ước đạt ",
        );
        text.push_str(&words[24..40]);
        text.push_str("</p>\n");
        part += 1;
    }
    text.truncate(PAGE);
    text.into_bytes()
}

/// The most memory that the process held, where the system tells (Linux).
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).unwrap_or_default() >> 10
}

/// Seconds of computing that the process used, where the system tells (Linux, 100 ticks a second).
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}
