//! Letters without case and diacritics.

/// A text in the form in which it is compared: lower case, no diacritics, full-width forms narrow.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        fold_char(letter, &mut folded);
    }
    folded
}

/// Appends the folded form of one letter: mostly one letter, none for a combining mark, two for `ß`.
pub fn fold_char(letter: char, into: &mut String) {
    if letter.is_ascii() {
        into.push(letter.to_ascii_lowercase());
        return;
    }
    for lower in letter.to_lowercase() {
        match base(lower) {
            Base::Same => into.push(lower),
            Base::Letter(base) => into.push(base),
            Base::Two(both) => into.push_str(both),
            Base::Nothing => {}
        }
    }
}

/// What stands for a lower-case letter.
enum Base {
    Same,
    Letter(char),
    Two(&'static str),
    Nothing,
}

fn base(letter: char) -> Base {
    let base = match letter {
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' => return Base::Nothing,
        'ß' => return Base::Two("ss"),
        'æ' | 'ǽ' => return Base::Two("ae"),
        'œ' => return Base::Two("oe"),
        'þ' => return Base::Two("th"),
        'à'..='å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ǟ' | 'ǡ' | 'ǻ' | 'ȁ' | 'ȃ' | 'ȧ' | 'ḁ' | 'ẚ' | 'ạ'..='ặ' => {
            'a'
        }
        'ḃ' | 'ḅ' | 'ḇ' | 'ƀ' => 'b',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' | 'ḉ' => 'c',
        'ð' | 'ď' | 'đ' | 'ḋ' | 'ḍ' | 'ḏ' | 'ḑ' | 'ḓ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ȅ' | 'ȇ' | 'ȩ' | 'ḕ'..='ḝ' | 'ẹ'..='ệ' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǧ' | 'ǵ' | 'ḡ' => 'g',
        'ĥ' | 'ħ' | 'ȟ' | 'ḣ' | 'ḥ' | 'ḧ' | 'ḩ' | 'ḫ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ǐ' | 'ȉ' | 'ȋ' | 'ḭ' | 'ḯ' | 'ỉ' | 'ị' => 'i',
        'ĵ' | 'ǰ' => 'j',
        'ķ' | 'ǩ' | 'ḱ' | 'ḳ' | 'ḵ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' | 'ḷ' | 'ḹ' | 'ḻ' | 'ḽ' => 'l',
        'ḿ' | 'ṁ' | 'ṃ' => 'm',
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŋ' | 'ǹ' | 'ṅ' | 'ṇ' | 'ṉ' | 'ṋ' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ǒ' | 'ǫ' | 'ǿ' | 'ȍ' | 'ȏ' | 'ȫ'..='ȱ' | 'ṍ'..='ṓ' => {
            'o'
        }
        'ọ'..='ợ' => 'o',
        'ŕ' | 'ŗ' | 'ř' | 'ȑ' | 'ȓ' | 'ṙ' | 'ṛ' | 'ṝ' | 'ṟ' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṡ' | 'ṣ' | 'ṥ' | 'ṧ' | 'ṩ' | 'ſ' => 's',
        'ţ' | 'ť' | 'ŧ' | 'ț' | 'ṫ' | 'ṭ' | 'ṯ' | 'ṱ' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' | 'ȕ' | 'ȗ' => {
            'u'
        }
        'ṳ'..='ṻ' | 'ụ'..='ự' => 'u',
        'ṽ' | 'ṿ' => 'v',
        'ŵ' | 'ẁ'..='ẉ' | 'ẘ' => 'w',
        'ý' | 'ÿ' | 'ŷ' | 'ȳ' | 'ẏ' | 'ẙ' | 'ỳ'..='ỹ' => 'y',
        'ź' | 'ż' | 'ž' | 'ẑ' | 'ẓ' | 'ẕ' => 'z',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        'ё' => 'е',
        // Full-width forms, whose upper case is lowered already.
        '\u{ff10}'..='\u{ff5e}' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        _ => return Base::Same,
    };
    Base::Letter(base)
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_and_diacritics_do_not_matter() {
        for (text, folded) in [
            ("Müller & Söhne GmbH", "muller & sohne gmbh"),
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("Nguyễn Thị Ánh", "nguyen thi anh"),
            ("Cafe\u{301}", "cafe"),
            ("ＰＣ－０１", "pc－01"),
            ("İstanbul", "istanbul"),
            ("日本", "日本"),
        ] {
            assert_eq!(fold(text), folded);
        }
    }
}
