//! Prices of shares, which the markets call by a code of three letters alone (`VIC tăng 4.500 đồng`).

use knowledge::{CueClass, Kind, UnitKind};
use model::Measure;
use rust_decimal::Decimal;

use super::around::Around;
use super::{Draft, Sentence};
use crate::frame::{Cue, Part};
use crate::letters::{looks_like_code, lowered, same};
use crate::lexicon::Hits;
use crate::mark::{Mark, kind};
use crate::measure::Classes;
use crate::quantity::Quantity;
use crate::text::Text;
use crate::token::Token;
use crate::topic::{Topic, stretch, words};

impl Sentence<'_> {
    /// What moves where the clause names nothing but codes of shares, by percent or in small money: the price of these shares.
    ///
    /// Its words are those by which the text calls shares; a text that calls none speaks of no market.
    pub(super) fn price_of_shares(&self, quantity: &Quantity, around: &Around, cue: Option<&Cue>) -> Option<Topic> {
        let (from, to) = around.clause;
        let moves = cue.is_none_or(|cue| {
            !cue.classes.any(&[CueClass::Share, CueClass::Contribute, CueClass::Complete, CueClass::Multiple, CueClass::Act])
        });
        // (`thị phần lớn nhất thuộc về VPS với 18%`: a level in percent is none of a price)
        let level = cue.is_some_and(|cue| {
            let moving = [CueClass::Up, CueClass::Down, CueClass::Growth, CueClass::Reach, CueClass::From, CueClass::Unchanged];
            cue.classes.has(CueClass::Level) && !cue.classes.any(&moving)
        });
        let by_price = match self.unit_kind(quantity)? {
            UnitKind::Percent => !level,
            // (`VIB (25.080 VND/USD)`)
            UnitKind::Money => quantity.scale < Decimal::from(1_000_000) && !self.is_rate_of_exchange(quantity),
            _ => false,
        };
        if !moves || !by_price {
            return None;
        }
        // (`GMD (-500 đồng)`)
        let bracketed = || from.checked_sub(2).filter(|at| from == to && self.tokens[from - 1].is('(') && *at >= self.frame.range.0);
        let first = (from..to).find(|at| self.is_code(*at)).or_else(|| bracketed().filter(|at| self.is_code(*at)))?;
        let last = (first..to).rev().find(|at| self.is_code(*at)).unwrap_or(first);
        let found = stretch(self.known, self.frame, from, to);
        // (`nhóm vốn hóa nhỏ hơn như SSB giảm tới 4,25%`: a code right before what it does)
        let close = last + 1 == cue.map_or(to, |cue| cue.start);
        if found.head.is_some() || found.narrowed > 0 || found.nouns > 3 && !close || self.has_object(around) {
            return None;
        }
        let called = called(self.text, self.tokens, self.hits, self.frame.range.0, to).or_else(|| self.shares.map(str::to_owned))?;
        let breakdown = words(self.text, self.tokens, first, last + 1);
        // (`thị giá`, `giá cổ phiếu` say themselves that they are prices)
        let priced = called.split(' ').any(|word| self.known.name_words.prices.iter().any(|price| same(word.chars(), price.chars())));
        let price = self.known.name_words.prices.first().filter(|_| !priced);
        let text = price.map_or_else(|| called.clone(), |price| format!("{price} {}", lowered(&called)));
        Some(Topic { kind: Some(Kind::Price), text, breakdown, ..Topic::default() })
    }

    /// `nhà ở xã hội được bán lại ở mức 35 triệu đồng/m2`: money for one of the goods, for a share or for an area is the price of what is
    /// told of, unless its name says another measure.
    pub(super) fn price_for_one(&self, quantity: &Quantity, topic: &Topic) -> Option<String> {
        let units = &self.known.units;
        let for_one = |per: u16| {
            let per = &units.denominators[per as usize];
            per.goods || per.id == "share" || units.kind_of(&per.id) == Some(UnitKind::Area)
        };
        let [Some(per), None] = quantity.per else { return None };
        // (`khoảng cách 20 USD/tấn` is told of prices and is none)
        let share = self.known.units.denominators[per as usize].id == "share";
        let open =
            topic.indicator.is_none() && (matches!(topic.kind, None | Some(Kind::Count)) || share && topic.kind == Some(Kind::Price));
        if !open || self.unit_kind(quantity) != Some(UnitKind::Money) || !for_one(per) || self.opens_measure(&topic.text).is_some() {
            return None;
        }
        let prices = &self.known.name_words.prices;
        let said = topic.text.split(' ').any(|word| prices.iter().any(|price| same(word.chars(), price.chars())));
        let price = prices.first().filter(|_| !said)?;
        // (what is called by a code alone is a share)
        let kind = self.shares.filter(|shares| share && !lowered(&topic.text).contains(&lowered(shares)));
        let words = [Some(price.as_str()), kind, Some(topic.text.as_str()).filter(|text| !text.is_empty())];
        Some(words.into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    /// `VTC tăng 1.500 đồng, REE 1.000 đồng`: of prices of one name each moves like the one before.
    pub(super) fn moves_alike(&self, around: &Around, cue: Classes, topic: &Topic, previous: Option<&Draft>) -> Option<Measure> {
        let called = |at: usize| matches!(self.frame.part(at), Part::Proper | Part::Light | Part::Mark) || self.is_and(at);
        // (`cổ phiếu VTC giảm 1.500 đồng, REE 1.000 đồng`)
        let shares = |draft: &Draft| draft.topic.indicator.is_none() && topic.indicator.is_none() && draft.unit == "VND";
        let alike = |draft: &&Draft| draft.measure == Measure::Difference && (draft.topic.text == topic.text || shares(draft));
        let price = cue.is_empty() && topic.kind == Some(Kind::Price);
        previous.filter(alike).filter(|_| price && (around.clause.0..around.clause.1).all(called)).map(|draft| draft.measure)
    }

    /// Whether money is told for a unit of other money.
    fn is_rate_of_exchange(&self, quantity: &Quantity) -> bool {
        let units = &self.known.units;
        let money = |per: u16| units.kind_of(&units.denominators[per as usize].id) == Some(UnitKind::Money);
        quantity.per.iter().flatten().any(|per| money(*per))
    }

    /// Whether something stands behind a figure that it can be of (`VCB giảm 0,5% lãi suất`).
    fn has_object(&self, around: &Around) -> bool {
        let (from, to) = around.behind;
        // (`giảm 1,82% khớp 239,5 tỷ đồng`: that is the next figure's)
        let leads_on = self.frame.quantities.iter().any(|next| next.lead == to);
        from < to && !leads_on && matches!(self.frame.part(from), Part::Noun | Part::Name(_))
    }

    /// Whether a token is the code of a share.
    fn is_code(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let letters = &self.text.chars[token.start as usize..token.end as usize];
        // (the first word of a sentence is capital anyhow; in a headline in capitals any is)
        let opens = at == self.frame.range.0
            && self.frame.part(at) == Part::Noun
            && !self.tokens.get(at + 1).is_some_and(|next| next.upper && next.is_word());
        (self.frame.part(at) == Part::Proper || opens) && looks_like_code(letters.iter().copied())
    }
}

/// The words in full by which shares are called in tokens `from..to`, the last of them.
pub(crate) fn called(text: &Text, tokens: &[Token], hits: &Hits, from: usize, to: usize) -> Option<String> {
    (from..to).rev().filter(|at| hits.has(*at, kind::SECURITY)).find_map(|at| {
        // (bonds and `chứng khoán` are not counted one by one)
        let full = |end: u32| end as usize > at + 1 && end as usize <= to;
        let counts = |end: u32| hits.at(at).iter().any(|hit| matches!(hit.mark, Mark::Counter) && hit.end == end);
        let hit = hits.at(at).iter().find(|hit| matches!(hit.mark, Mark::Security) && full(hit.end) && counts(hit.end))?;
        Some(words(text, tokens, at, hit.end as usize))
    })
}
