//! Page to article beside the bare parse of the same pages, on one core.
//!
//! Every page is parsed and read in turns, and the fastest of each counts, so that other work on the machine falls on all alike.
//! The pages are the project's samples; `PAGES=folder` measures others.

#![expect(clippy::unwrap_used, reason = "a benchmark without its pages has nothing to measure")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod folder;

use std::hint::black_box;
use std::time::{Duration, Instant};

use extractor::{Extractor, Page};
use knowledge::Knowledge;

/// Turns of every page.
const TURNS: usize = 40;
/// No new turn after this; only a page that nobody would read takes so long.
const LONG: Duration = Duration::from_secs(4);

fn main() {
    let known = Knowledge::load(None).unwrap();
    let readers = [("with profiles", Extractor::new(&known)), ("by shape", Extractor::with(&known.publishers.generic()))];
    let pages = folder::pages();
    let bytes: usize = pages.iter().map(String::len).sum();
    let times: Vec<[Duration; 3]> = pages.iter().map(|page| fastest(page, &readers)).collect();
    let total = |of: usize| times.iter().map(|times| times[of].as_secs_f64()).sum::<f64>();
    println!("{} pages, {bytes} bytes: bare parse {:.2} ms", pages.len(), total(0) * 1e3);
    for (at, (name, _)) in readers.iter().enumerate() {
        let worst = times.iter().map(|times| times[at + 1].as_secs_f64() / times[0].as_secs_f64()).fold(0.0, f64::max);
        println!("{name}: {:.3} × the bare parse, {worst:.2} × at most", total(at + 1) / total(0));
    }
}

fn fastest(text: &str, readers: &[(&str, Extractor); 2]) -> [Duration; 3] {
    let page = Page { id: "page", source: "page", bytes: text.as_bytes(), url: None, charset: None, fetched: None };
    let mut best = [Duration::MAX; 3];
    let start = Instant::now();
    for _ in (0..TURNS).take_while(|turn| *turn == 0 || start.elapsed() < LONG) {
        let parse = timed(|| scraper::Html::parse_document(black_box(text)));
        let [profiles, shape] = readers.each_ref().map(|(_, reader)| timed(|| reader.html(black_box(&page))));
        best = [best[0].min(parse), best[1].min(profiles), best[2].min(shape)];
    }
    best
}

/// The time that something takes, its result thrown away again.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    drop(black_box(work()));
    start.elapsed()
}
