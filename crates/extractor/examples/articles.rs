//! Reads pages and writes `articles.csv`, `blocks.csv` and `cells.csv`: the reader alone, without figures and Parquet.
//!
//! ```text
//! cargo run -p extractor --example articles -- OUT [--generic] PAGE...
//! ```
//!
//! A page is a file or a folder of `.html` and `.txt`, gzip or not; `--generic` reads without any publisher's profile.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use extractor::{Extractor, Page};
use knowledge::Knowledge;
use model::Article;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().ok_or("give the folder to write, then pages")?);
    let known = Knowledge::load(None)?;
    let mut extractor = Extractor::new(&known);
    let mut files = Vec::new();
    for argument in arguments {
        if argument == "--generic" {
            extractor = Extractor::with(&known.publishers.generic());
        } else {
            collect(Path::new(&argument), &mut files)?;
        }
    }
    files.sort();
    let mut articles = String::from(
        "article,profile,title,lead,authors,credit,section,tags,published_at,published_from,modified_at,rendered_at,language,publisher,issues\n",
    );
    let mut blocks = String::from("article,block,kind,text,start,end,href,image\n");
    let mut cells = String::from("article,table,row,column,header,text\n");
    for file in &files {
        let bytes = unpacked(file)?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let id = name.trim_end_matches(".gz").trim_end_matches(".html").trim_end_matches(".txt").to_owned();
        let page = Page { id: &id, source: &name, bytes: &bytes, url: None, charset: None, fetched: None };
        let read = if name.contains(".txt") { extractor.text(&page) } else { extractor.html(&page) };
        match (read.article, read.refusal) {
            (Some(article), _) => rows(&article, &mut articles, &mut blocks, &mut cells)?,
            (None, Some(refusal)) => writeln!(articles, "{id},refused,,,,,,,,,,,,,{}", quoted(&refusal.why))?,
            (None, None) => {}
        }
    }
    fs::create_dir_all(&out)?;
    fs::write(out.join("articles.csv"), articles)?;
    fs::write(out.join("blocks.csv"), blocks)?;
    fs::write(out.join("cells.csv"), cells)?;
    Ok(())
}

fn rows(article: &Article, articles: &mut String, blocks: &mut String, cells: &mut String) -> std::fmt::Result {
    let id = &article.id;
    let when = |at: Option<model::When>| at.map(|at| at.to_string()).unwrap_or_default();
    let issues: Vec<String> =
        article.issues.iter().map(|issue| format!("{} {}: {}", issue.kind.as_str(), issue.place, issue.why)).collect();
    let fields = [
        article.profile.clone(),
        article.title.clone().unwrap_or_default(),
        article.lead.clone().unwrap_or_default(),
        article.authors.join("|"),
        article.credit.clone().unwrap_or_default(),
        article.section.clone().unwrap_or_default(),
        article.tags.join("|"),
        when(article.published),
        article.published_from.map(|from| from.as_str().to_owned()).unwrap_or_default(),
        when(article.modified),
        when(article.rendered),
        article.language.clone().unwrap_or_default(),
        article.publisher.clone().unwrap_or_default(),
        issues.join("|"),
    ];
    writeln!(articles, "{id},{}", fields.map(|field| quoted(&field)).join(","))?;
    for (number, block) in article.blocks.iter().enumerate() {
        let (start, end) = block.span.map_or_else(Default::default, |(start, end)| (start.to_string(), end.to_string()));
        let href = quoted(block.href.as_deref().unwrap_or_default());
        let image = quoted(block.image.as_deref().unwrap_or_default());
        writeln!(blocks, "{id},{number},{},{},{start},{end},{href},{image}", block.kind.as_str(), quoted(&block.text))?;
    }
    for cell in &article.cells {
        writeln!(cells, "{id},{},{},{},{},{}", cell.table, cell.row, cell.column, cell.header, quoted(&cell.text))?;
    }
    Ok(())
}

fn quoted(field: &str) -> String {
    format!("\"{}\"", field.replace('"', "\"\""))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let path = entry?.path();
        let name = path.to_string_lossy();
        if [".html", ".htm", ".txt", ".html.gz"].iter().any(|ending| name.ends_with(ending)) {
            files.push(path);
        }
    }
    Ok(())
}

fn unpacked(file: &Path) -> std::io::Result<Vec<u8>> {
    let bytes = fs::read(file)?;
    if file.extension().is_none_or(|ending| ending != "gz") {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}
