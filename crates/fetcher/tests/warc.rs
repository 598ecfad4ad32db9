//! The archive against other tools: warcio (from the Python registry) reads ours, we read warcio's and wget's.
//!
//! Without Python or wget on the machine these tests say so and check nothing; CI has both.

#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test that cannot go on has failed, and one that checks nothing says so")]

mod site;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use fetcher::{Wish, archive};
use site::{Reply, Site, TestClock, run};

/// Reads every response with warcio: address, a hash of the payload as warcio unpacks it.
const READ: &str = r#"
import hashlib, json, sys
from warcio.archiveiterator import ArchiveIterator
for path in sys.argv[1:]:
    with open(path, "rb") as stream:
        for record in ArchiveIterator(stream, check_digests="raise"):
            body = record.content_stream().read()
            if record.rec_type in ("response", "revisit"):
                kind = record.rec_type
                print(json.dumps([kind, record.rec_headers["WARC-Target-URI"], hashlib.sha256(body).hexdigest()]))
"#;

/// Writes pages with warcio: plain and packed, chunked, gzip and brotli-less, one record without a body.
const WRITE: &str = r#"
import gzip, io, sys
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
page = "<html>Xuất khẩu gạo đạt 8,3 triệu tấn</html>".encode()
for path, packs in ((sys.argv[1] + "/w.warc.gz", True), (sys.argv[1] + "/w.warc", False)):
    with open(path, "wb") as out:
        writer = WARCWriter(out, gzip=packs)
        writer.write_record(writer.create_warcinfo_record("w", {"software": "warcio"}))
        def add(name, body, headers):
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")] + headers, protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record("http://a.example/" + name, "response", payload=io.BytesIO(body), http_headers=head))
        add("plain", page, [])
        add("gzip", gzip.compress(page), [("Content-Encoding", "gzip")])
        add("chunked", b"%x\r\n%s\r\n0\r\n\r\n" % (len(page), page), [("Transfer-Encoding", "chunked")])
        add("both", b"%x\r\n%s\r\n0\r\n\r\n" % (len(gzip.compress(page, mtime=0)), gzip.compress(page, mtime=0)), [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")])
        add("claims", page, [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")])
        writer.write_record(writer.create_warc_record("http://a.example/dns", "metadata", payload=io.BytesIO(b"x: y"), warc_content_type="application/warc-fields"))
        writer.write_record(writer.create_warc_record("http://a.example/resource", "resource", payload=io.BytesIO(page), warc_content_type="text/html"))
"#;

/// A Python with warcio, in an environment of the test's own; `None` where there is no Python.
fn warcio() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("warcio");
    let python = folder.join("bin/python");
    // Two tests ask at once; the second waits for the first.
    let lock = std::fs::File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join("warcio.lock")).unwrap();
    lock.lock().unwrap();
    if !folder.join("ready").exists() {
        if !Command::new("python3").args(["-m", "venv"]).arg(&folder).status().is_ok_and(|status| status.success()) {
            eprintln!("no python3 with venv: nothing is checked against warcio");
            return None;
        }
        let installed = Command::new(&python).args(["-m", "pip", "install", "--quiet", "warcio==1.8.1"]).status().unwrap();
        assert!(installed.success(), "warcio cannot be installed");
        std::fs::write(folder.join("ready"), "").unwrap();
    }
    Some(python)
}

fn python(program: &Path, script: &str, arguments: &[PathBuf]) -> String {
    let output = Command::new(program).arg("-c").arg(script).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

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
    let Some(program) = warcio() else { return };
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
    let checked = Command::new(program.with_file_name("warcio")).arg("check").arg("-v").args(&files).output().unwrap();
    let said = String::from_utf8_lossy(&checked.stdout);
    assert!(checked.status.success() && said.contains("digest pass") && !said.contains("fail"), "{said}");

    let mut theirs: Vec<(String, String, String)> =
        python(&program, READ, &files).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
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
    let Some(program) = warcio() else { return };
    let folder = tempfile::tempdir().unwrap();
    python(&program, WRITE, &[folder.path().to_owned()]);
    let page = "<html>Xuất khẩu gạo đạt 8,3 triệu tấn</html>";
    for file in ["w.warc.gz", "w.warc"] {
        let pages: Vec<archive::Page> = archive::pages(&folder.path().join(file)).unwrap().map(Result::unwrap).collect();
        let names: Vec<&str> = pages.iter().map(|page| page.url.rsplit('/').next().unwrap()).collect();
        assert_eq!(names, ["plain", "gzip", "chunked", "both", "claims", "resource"], "{file}");
        for read in pages {
            assert_eq!(String::from_utf8(read.bytes.clone()).unwrap(), page, "{}", read.url);
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
        command.args(["--quiet", "--output-document=/dev/null", "--tries=1", "--header=Accept-Encoding: gzip"]);
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
