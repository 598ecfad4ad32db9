//! An article's text out of its pieces, and where each piece stands in it.

use model::{Block, BlockKind, Cell, Issue, IssueKind};

use crate::walk::Piece;

/// A text with its blocks and cells.
#[derive(Default)]
pub struct Assembled {
    /// The text.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// The cells of its tables.
    pub cells: Vec<Cell>,
    /// What was left out.
    pub issues: Vec<Issue>,
    /// Characters of the text so far.
    chars: u32,
    tables: u32,
}

impl Assembled {
    /// Appends a piece: to the text with a blank line in front, or beside it if it is another article's.
    pub fn push(&mut self, piece: Piece) {
        if piece.kind == BlockKind::Related {
            self.blocks.push(Block { kind: piece.kind, text: piece.text, span: None, href: piece.href, image: None });
            return;
        }
        let span = self.print(&piece.text);
        if let Some(grid) = &piece.grid {
            self.cells(grid, span.0);
        }
        self.blocks.push(Block { kind: piece.kind, text: piece.text, span: Some(span), href: piece.href, image: piece.image });
    }

    /// Appends a block of another text, with those of its cells that stand in it.
    pub fn append(&mut self, block: Block, cells: &[Cell]) {
        let Some((first, last)) = block.span else { return self.blocks.push(block) };
        let span = self.print(&block.text);
        if block.kind == BlockKind::Table {
            let moved = |at: u32| at - first + span.0;
            let inside = |cell: &&Cell| cell.span.is_some_and(|(start, end)| first <= start && end <= last);
            let table = self.tables;
            self.cells.extend(cells.iter().filter(inside).map(|cell| Cell {
                table,
                span: cell.span.map(|(start, end)| (moved(start), moved(end))),
                ..cell.clone()
            }));
            self.tables += 1;
        }
        self.blocks.push(Block { span: Some(span), ..block });
    }

    /// Appends a text behind a blank line, and says where it stands.
    fn print(&mut self, text: &str) -> (u32, u32) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
            self.chars += 2;
        }
        let start = self.chars;
        self.text.push_str(text);
        self.chars += text.chars().count() as u32;
        (start, self.chars)
    }

    fn cells(&mut self, grid: &crate::table::Grid, start: u32) {
        if grid.cut {
            self.issues.push(Issue::new(IssueKind::TooLarge, format!("table {}", self.tables), "it spans more cells than are read"));
        }
        for (row, (cells, spans)) in grid.rows.iter().zip(grid.spans()).enumerate() {
            for (column, (cell, (from, to))) in cells.iter().zip(spans).enumerate() {
                if cell.text.is_empty() {
                    continue;
                }
                self.cells.push(Cell {
                    table: self.tables,
                    row: row as u32,
                    column: column as u32,
                    header: cell.header,
                    text: cell.text.clone(),
                    span: Some((start + from, start + to)),
                });
            }
        }
        self.tables += 1;
    }
}

/// BLAKE3 of a text, in hexadecimal.
pub fn hash(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}
