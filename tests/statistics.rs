//! From articles to statistics: short articles in `corpus/statistics`, read by the program, against the tables that they give.
//!
//! A folder is a dataset of its own and shows one thing; `articles.txt` holds its articles, `tables.txt` what comes of them.
//! `UPDATE=1` rewrites `tables.txt`: read the difference before it is committed, row by row.

#![expect(clippy::unwrap_used, reason = "a test that panics has said what it has to say")]

mod csv;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use csv::{Row, rows};

/// The program under test.
const SOLIEU: &str = env!("CARGO_BIN_EXE_solieu");

/// The last day of the provinces before their merger.
const BEFORE_THE_MERGER: &str = "2025-06-30";

/// One article of the corpus.
#[derive(Clone, Debug)]
struct Article {
    name: String,
    published: String,
    /// `real` or `invented`.
    figures: String,
    title: String,
    text: String,
    url: Option<String>,
}

#[test]
fn every_folder_gives_its_tables() {
    let made = tempfile::tempdir().unwrap();
    let mut wrong = Vec::new();
    for folder in folders() {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let articles = articles(&folder);
        let out = made.path().join(name);
        pipeline(&lines(&articles), &out, &[]);
        let got = Tables::read(&out).print(&articles);
        let file = folder.join("tables.txt");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(file, got).unwrap();
        } else if fs::read_to_string(&file).unwrap_or_default() != got {
            wrong.push(format!("{}\n{got}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "these differ (UPDATE=1 rewrites them):\n{}", wrong.join("\n"));
}

#[test]
fn every_metric_and_every_verdict_occurs() {
    let tables: String = folders().iter().map(|folder| fs::read_to_string(folder.join("tables.txt")).unwrap()).collect();
    let occurs = |line: &str| tables.contains(&format!("\n  {line} · "));
    let metrics = modules("metrics").into_iter().filter(|metric| !occurs(metric));
    let checks =
        modules("checks").into_iter().flat_map(|check| ["consistent", "inconsistent"].map(|verdict| format!("{check} · {verdict}")));
    let missing: Vec<String> = metrics.chain(checks.filter(|check| !occurs(check))).collect();
    assert!(missing.is_empty(), "no article of corpus/statistics shows {missing:?}");
}

#[test]
fn the_articles_are_many_and_marked() {
    let articles = everything();
    assert!(articles.len() >= 60, "{} articles", articles.len());
    let names: BTreeSet<&str> = articles.iter().map(|article| article.name.as_str()).collect();
    assert_eq!(names.len(), articles.len(), "two articles have one name");
    let years: BTreeSet<&str> = articles.iter().map(|article| &article.published[..4]).collect();
    assert!(years.len() >= 3, "{years:?}");
    for article in &articles {
        assert!(matches!(article.figures.as_str(), "real" | "invented"), "{}: figures={}", article.name, article.figures);
        let words = article.title.split_whitespace().chain(article.text.split_whitespace()).count();
        assert!((60..=200).contains(&words), "{} has {words} words", article.name);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let made = tempfile::tempdir().unwrap();
    let lines = lines(&everything());
    let run = |threads: &str| {
        let out = made.path().join(threads);
        pipeline(&lines, &out, &["--threads", threads]);
        files(&out)
    };
    let one = run("1");
    agree(&one, &run("2"));
    agree(&one, &run("7"));
}

#[test]
fn extending_gives_what_one_run_gives() {
    let made = tempfile::tempdir().unwrap();
    let lines = lines(&everything());
    let at = |name: &str| made.path().join(name);
    pipeline(&lines, &at("whole"), &[]);
    let whole = files(&at("whole"));
    let second = |number: usize| number >= lines.len() / 2;
    let scattered = |number: usize| number % 3 == 1;
    let splits: [(&str, &dyn Fn(usize) -> bool); 2] = [("halves", &second), ("scattered", &scattered)];
    for (name, is_later) in splits {
        // An article that is left out leaves its line empty, for an article's source is its line.
        let part = |later: bool| -> Vec<String> {
            lines.iter().enumerate().map(|(number, line)| if is_later(number) == later { line.clone() } else { "\n".to_owned() }).collect()
        };
        let (first, both) = (at(&format!("{name}-first")), at(&format!("{name}-both")));
        pipeline(&part(false), &first, &[]);
        pipeline(&part(true), &both, &["--extend", &first.display().to_string()]);
        agree(&whole, &files(&both));
    }
}

/// Reads lines of articles into a dataset with the program.
fn pipeline(lines: &[String], out: &Path, more: &[&str]) {
    let pages = out.with_extension("jsonl");
    fs::write(&pages, lines.concat()).unwrap();
    let mut command = Command::new(SOLIEU);
    // From standard input, so that no path of this run stands in the dataset.
    command.args(["--quiet", "pipeline", "-", "--kind", "jsonl", "--out"]).arg(out).args(more);
    let output = command.stdin(fs::File::open(&pages).unwrap()).output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{command:?} ended with {}\n{out}{err}", output.status);
}

/// Articles as JSON Lines, the form in which the program takes them.
fn lines(articles: &[Article]) -> Vec<String> {
    let line = |article: &Article| {
        let Article { name, published, title, text, url, .. } = article;
        format!("{}\n", serde_json::json!({ "id": name, "url": url, "title": title, "published": published, "text": text }))
    };
    articles.iter().map(line).collect()
}

/// The tables of a dataset.
struct Tables {
    articles: Vec<Row>,
    observations: Vec<Row>,
    unread: Vec<Row>,
    series: Vec<Row>,
    revisions: Vec<Row>,
    metrics: Vec<Row>,
    checks: Vec<Row>,
    regions: Vec<Row>,
}

impl Tables {
    fn read(dataset: &Path) -> Self {
        let table = |name: &str| rows(&dataset.join(format!("{name}.csv")));
        Self {
            articles: table("articles"),
            observations: table("observations"),
            unread: table("unread"),
            series: table("series"),
            revisions: table("revisions"),
            metrics: table("metrics"),
            checks: table("checks"),
            regions: table("regions"),
        }
    }

    /// All that the corpus compares, for people.
    fn print(&self, articles: &[Article]) -> String {
        let sections = [
            ("articles", self.print_articles(articles)),
            ("figures without a series, and numbers that are no figures", self.print_rest()),
            ("series", self.print_series()),
            ("old provinces in today's", self.print_merged()),
            ("metrics", self.print_metrics()),
            ("checks", self.print_checks()),
        ];
        let filled: Vec<String> = sections
            .into_iter()
            .filter(|(_, lines)| !lines.is_empty())
            .map(|(name, lines)| format!("{name}\n  {}\n", lines.join("\n  ")))
            .collect();
        filled.join("\n")
    }

    fn print_articles(&self, articles: &[Article]) -> Vec<String> {
        let line = |article: &Article| {
            let row = self.articles.iter().find(|row| row["article"] == article.name).unwrap();
            let copy =
                if row["copy_of"].is_empty() { String::new() } else { format!("copy of {} by its {}", row["copy_of"], row["copy_by"]) };
            joined(&[&article.name, &article.published, &article.figures, &copy])
        };
        articles.iter().map(line).collect()
    }

    fn print_rest(&self) -> Vec<String> {
        let loose = self.observations.iter().filter(|row| row["series"].is_empty());
        let loose = loose.map(|row| {
            let about = [&row["indicator"], &row["indicator_text"], &row["breakdown"], &row["region"], &row["measure"], &row["period"]];
            format!("{} “{}”: {}", row["article"], row["quote"], joined(&about.map(String::as_str)))
        });
        loose.chain(self.unread.iter().map(|row| format!("{} “{}”: {}", row["article"], row["quote"], row["why"]))).collect()
    }

    /// A series with its number; where several were printed, each on a line with its days.
    fn print_series(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for row in &self.series {
            let numbers: Vec<&Row> = self.revisions.iter().filter(|number| number["series"] == row["series"]).collect();
            if numbers.is_empty() {
                lines.push(format!("{}: {} ← {}", key(row), value(row, &row["unit"]), self.quotes(&row["observations"])));
                continue;
            }
            let conflict = if row["conflict"] == "true" { ", in conflict" } else { "" };
            lines.push(format!("{}: {} numbers, {} sources{conflict}", key(row), numbers.len(), row["sources"]));
            for number in numbers {
                let (first, last) = (&number["first_published"], &number["last_published"]);
                let days = if first == last { day(first) } else { format!("{} to {}", day(first), day(last)) };
                lines.push(format!("    {days}: {} ← {}", value(number, &row["unit"]), self.quotes(&number["observations"])));
            }
        }
        lines
    }

    /// What an economist does with the successors: amounts of old provinces, added up to today's.
    fn print_merged(&self) -> Vec<String> {
        let merged = |row: &&Row| row["valid_to"] == BEFORE_THE_MERGER && !row["successor"].is_empty();
        let successor: BTreeMap<&str, &str> =
            self.regions.iter().filter(merged).map(|row| (row["region"].as_str(), row["successor"].as_str())).collect();
        let mut sums: BTreeMap<String, (f64, Vec<String>)> = BTreeMap::new();
        let amounts = self.series.iter().filter(|row| row["measure"] == "level" && row["unit"] != "%" && row["region"] != "VN");
        for row in amounts.filter(|row| row["period_end"].as_str() <= BEFORE_THE_MERGER) {
            let old = row["region"].as_str();
            let mut today = row.clone();
            today.insert("region".to_owned(), (*successor.get(old).unwrap_or(&old)).to_owned());
            today.remove("region_code");
            let sum = sums.entry(format!("{}: {{}} {}", key(&today), row["unit"])).or_default();
            sum.0 += row["value"].parse::<f64>().unwrap();
            sum.1.push(format!("{old} {}", grouped(&row["value"])));
        }
        let several = sums.into_iter().filter(|(_, (_, parts))| parts.len() > 1);
        several.map(|(key, (sum, parts))| format!("{} = {}", key.replace("{}", &grouped(&sum.to_string())), parts.join(" + "))).collect()
    }

    /// Metrics a line each; the counts of an article on one line.
    fn print_metrics(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let mut counts: BTreeMap<&str, String> = BTreeMap::new();
        for row in &self.metrics {
            if let Some(what) = row["metric"].strip_prefix("per_article_") {
                let what = joined(&[what, &row["indicator"], &row["region"]]).replace(" · ", " ");
                let _ = write!(counts.entry(&row["article"]).or_default(), " · {what} {}", number(&row["value"]));
                continue;
            }
            let range = format!("{} to {}", grouped(&row["low"]), grouped(&row["high"]));
            let from = if row["article"].is_empty() { "across" } else { row["article"].as_str() };
            lines.push(format!("{} · {from} · {}: {} ({range}) = {}", row["metric"], key(row), value(row, &row["unit"]), row["formula"]));
        }
        lines.extend(counts.iter().map(|(article, counts)| format!("per_article · {article}{counts}")));
        lines
    }

    fn print_checks(&self) -> Vec<String> {
        let line = |row: &Row| {
            let from = if row["article"].is_empty() { "across" } else { row["article"].as_str() };
            // The figures that are all believed need no list.
            let quotes = if row["indicator"].is_empty() { String::new() } else { format!(" ← {}", self.quotes(&row["inputs"])) };
            format!("{} · {} · {from}: {}{quotes}", row["check"], row["verdict"], row["explanation"])
        };
        self.checks.iter().map(line).collect()
    }

    /// Where figures stand: article and words.
    fn quotes(&self, ids: &str) -> String {
        let quote = |id: &str| {
            let row = self.observations.iter().find(|row| row["observation"] == id).unwrap();
            format!("{} “{}”", row["article"], row["quote"])
        };
        ids.split('|').map(quote).collect::<Vec<_>>().join(", ")
    }
}

/// What a series or a metric is about.
fn key(row: &Row) -> String {
    let against = if row["compared_with"].is_empty() { String::new() } else { format!("against {}", row["compared_with"]) };
    let code = row.get("region_code").filter(|code| !code.is_empty()).map(|code| format!("#{code}")).unwrap_or_default();
    let parts = [&row["industry"], &row["product"], &row["partner"]];
    let part = parts.into_iter().filter(|part| !part.is_empty()).map(|part| format!("[{part}]")).collect::<Vec<_>>().concat();
    let place = format!("{}{code}", row["region"]);
    joined(&[&row["indicator"], &row["breakdown"], &part, &place, &row["measure"], &row["period"], &against, &row["status"]])
}

/// The cells that are not empty.
fn joined(cells: &[&str]) -> String {
    cells.iter().copied().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// A number or a range with its unit.
fn value(row: &Row, unit: &str) -> String {
    match row.get("value_high").filter(|high| !high.is_empty()) {
        Some(high) => format!("{} to {} {unit}", grouped(&row["value"]), grouped(high)),
        None => format!("{} {unit}", grouped(&row["value"])),
    }
}

/// The day of a time, in Vietnam; none if it is unknown.
fn day(time: &str) -> String {
    let Ok(time) = time.parse::<jiff::Timestamp>() else { return "undated".to_owned() };
    time.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7))).date().to_string()
}

/// A number to six digits behind the point, its thousands set apart; `∞` where there is no limit.
fn grouped(text: &str) -> String {
    let text = number(text);
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("−", digits));
    let (whole, part) = digits.split_once('.').map_or((digits, String::new()), |(whole, part)| (whole, format!(".{part}")));
    let groups: Vec<&str> = whole.as_bytes().rchunks(3).rev().map(|group| std::str::from_utf8(group).unwrap()).collect();
    format!("{sign}{}{part}", groups.join(","))
}

fn number(text: &str) -> String {
    let Ok(value) = text.parse::<f64>() else { return "∞".to_owned() };
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The articles of a folder: a headline and paragraphs under a line with the name and one with the day.
fn articles(folder: &Path) -> Vec<Article> {
    let text = fs::read_to_string(folder.join("articles.txt")).unwrap();
    text.split("\n=== ").skip(1).map(article).collect()
}

fn article(block: &str) -> Article {
    let mut lines = block.lines();
    let mut next = || lines.next().unwrap_or_else(|| panic!("incomplete: {block}")).to_owned();
    let (name, about, title) = (next(), next(), next());
    let given = |key: &str| about.split_whitespace().find_map(|field| field.strip_prefix(key)?.strip_prefix('=')).map(str::to_owned);
    let field = |key: &str| given(key).unwrap_or_else(|| panic!("{name}: no {key} in {about}"));
    let paragraphs: Vec<&str> = lines.map(str::trim).filter(|line| !line.is_empty()).collect();
    Article { published: field("published"), figures: field("figures"), url: given("url"), title, text: paragraphs.join("\n\n"), name }
}

fn everything() -> Vec<Article> {
    folders().iter().flat_map(|folder| articles(folder)).collect()
}

/// The files of a dataset by name, without the run's own story, which has a clock in it.
fn files(dataset: &Path) -> BTreeMap<String, Vec<u8>> {
    let paths = fs::read_dir(dataset).unwrap().map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| path.is_file() && !path.ends_with("run.json"));
    paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap())).collect()
}

fn agree(first: &BTreeMap<String, Vec<u8>>, second: &BTreeMap<String, Vec<u8>>) {
    assert!(first.contains_key("series.csv"), "{:?}", first.keys());
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, bytes) in first {
        assert!(*bytes == second[name], "{name} differs");
    }
}

/// The names of the metrics or checks: one file each.
fn modules(of: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join("crates/transformer/src").join(of)).unwrap();
    let names = entries.map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| name != "mod").collect();
    names.sort();
    assert!(names.len() > 10, "{names:?}");
    names
}

fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests/corpus/statistics")).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}
