//! The archive against other tools: warcio (from the Python registry) reads ours, we read warcio's and wget's.
//!
//! Without wget on the machine its test says so and checks nothing; CI has it.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test that cannot go on has failed, and one that checks nothing says so")]

#[path = "../../../tests/python/mod.rs"]
mod python;
mod site;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use fetcher::{Wish, archive};
use python::{python, script, succeed};
use site::{Reply, Site, TestClock, run};

fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;

    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

async fn news_site() -> Site {
    let site = Site::start(&TestClock::at("2026-01-05T18:00:00Z")).await;
    let page = "<html>Kim ngạch xuất khẩu tăng 12,5%</html>";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, page.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let length = page.len();
    for host in ["a.example", "127.0.0.1"] {
        site.put(&format!("{host}/plain.html"), Reply::html(page).with("etag", "\"1\""));
        let headers = vec![("content-type", "text/html; charset=utf-8".to_owned()), ("content-encoding", "gzip".to_owned())];
        site.put(&format!("{host}/gzip.html"), Reply::Page { status: 200, headers, body: packed.clone() });
        let chunked = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n{length:x}\r\n{page}\r\n0\r\n\r\n"
        );
        site.put(&format!("{host}/chunked.html"), Reply::Raw(chunked.into_bytes()));
        site.put(&format!("{host}/moved.html"), Reply::redirect("/plain.html"));
    }
    site
}

#[tokio::test]
async fn warcio_checks_and_reads_our_archive() {
    let site = news_site().await;
    let folder = tempfile::tempdir().unwrap();
    let urls = ["plain", "gzip", "chunked", "moved", "missing"].map(|name| format!("http://a.example/{name}.html"));
    let wish = Wish { urls: urls.to_vec(), ..Wish::default() };
    for _ in 0..2 {
        run(folder.path(), &wish, &site.manners(&["a.example"]), &site.clock).await;
        site.clock.set("2026-01-07T18:00:00Z");
    }
    let files = archive::files(&folder.path().join("archive")).unwrap();
    assert_eq!(files.len(), 2);
    let checked = succeed(Command::new(python().with_file_name("warcio")).arg("check").arg("-v").args(&files));
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(said.contains("digest pass") && !said.contains("fail"), "{said}");

    let paths: Vec<&Path> = files.iter().map(AsRef::as_ref).collect();
    let mut theirs: Vec<(String, String, String)> =
        script("read_warc.py", &paths).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut ours: Vec<(String, String, String)> = archive::records(&folder.path().join("archive"))
        .unwrap()
        .map(Result::unwrap)
        .filter_map(|record| match record.kind() {
            "revisit" => Some(("revisit".to_owned(), record.url().unwrap().to_owned(), sha256(b""))),
            _ => archive::Page::read(record).map(Result::unwrap).map(|page| ("response".to_owned(), page.url, sha256(&page.bytes))),
        })
        .collect();
    theirs.sort();
    ours.sort();
    assert_eq!(theirs, ours);
    assert!(ours.iter().any(|(kind, ..)| kind == "revisit") && ours.len() == 12, "{ours:#?}");
}

#[test]
fn archives_of_warcio_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let (page, list) = (folder.path().join("page.html"), folder.path().join("pages.tsv"));
    fs::write(&page, "<html>Xuất khẩu gạo đạt 8,3 triệu tấn</html>").unwrap();
    fs::write(&list, format!("http://a.example/gao.html\t{}\n", page.display())).unwrap();
    script("write_warc.py", &[&list, folder.path()]);
    for file in ["packed.warc.gz", "plain.warc"] {
        let pages: Vec<archive::Page> = archive::pages(&folder.path().join(file)).unwrap().map(Result::unwrap).collect();
        assert_eq!(pages.len(), 6, "{file} has the page in every form");
        for read in pages {
            assert_eq!(read.bytes, fs::read(&page).unwrap(), "{}", read.id);
            assert!(read.is_html() && read.id.to_string().starts_with(&format!("{file}:")));
            assert_eq!(archive::page_at(folder.path(), &read.id).unwrap(), read);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn archives_of_wget_are_read() {
    let site = news_site().await;
    let folder = tempfile::tempdir().unwrap();
    for (name, option) in [("packed", "--warc-cdx"), ("plain", "--no-warc-compression")] {
        let mut command = Command::new("wget");
        command.args(["--quiet", "--tries=1", "--header=Accept-Encoding: gzip"]);
        command.arg(format!("--output-document={}", folder.path().join("pages").display()));
        command.arg(format!("--warc-file={}", folder.path().join(name).display())).arg(option);
        for page in ["plain", "gzip", "chunked"] {
            command.arg(format!("http://127.0.0.1:{}/{page}.html", site.address.port()));
        }
        let Ok(output) = tokio::task::spawn_blocking(move || command.current_dir(std::env::temp_dir()).output()).await.unwrap() else {
            eprintln!("no wget: nothing is checked against it");
            return;
        };
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let mut read: BTreeMap<String, usize> = BTreeMap::new();
    for page in archive::pages(folder.path()).unwrap().map(Result::unwrap).filter(archive::Page::is_html) {
        assert_eq!(String::from_utf8(page.bytes).unwrap(), "<html>Kim ngạch xuất khẩu tăng 12,5%</html>", "{}", page.id);
        *read.entry(page.url.rsplit('/').next().unwrap().to_owned()).or_default() += 1;
    }
    assert_eq!(read, ["plain.html", "gzip.html", "chunked.html"].map(|name| (name.to_owned(), 2)).into());
}
