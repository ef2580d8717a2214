import CXLSXWriter

/// How a cell of a workbook looks.
struct CellStyle: Hashable {
    /// The display format of its number.
    enum Number: Hashable, CaseIterable {
        case plain, grouped, date, day, hour, duration, averageDuration, percent, oneDecimal
        /// Changes, with their sign.
        case changeInPercent, changeInPoints, changeInSeconds
    }

    enum Look: Hashable, CaseIterable {
        case body, text, total, heading, headingOfTexts, headingOfNumbers, title, soft, softWrapped, bold, wrapped
        /// A change that is beyond noise.
        case better, worse
    }

    var number = Number.plain
    var look = Look.body

    static let plain = CellStyle()
    static let heading = CellStyle(look: .heading)

    static let all = Number.allCases.flatMap { number in Look.allCases.map { CellStyle(number: number, look: $0) } }

    func apply(to format: UnsafeMutablePointer<lxw_format>) {
        if let code = number.code { format_set_num_format(format, code) }
        look.apply(to: format)
        // Texts and moments stand apart from the figures before them.
        if look == .text || number == .hour && look != .headingOfNumbers {
            format_set_align(format, UInt8(LXW_ALIGN_LEFT.rawValue))
            format_set_indent(format, 1)
        }
    }
}

extension CellStyle.Number {
    /// Excel's code of the format; nil for the general one.
    fileprivate var code: String? {
        switch self {
        case .plain: nil
        case .grouped: "#,##0"
        case .date: "yyyy-mm-dd"
        case .day: "ddd yyyy-mm-dd"
        case .hour: "yyyy-mm-dd hh:mm"
        case .duration: "[h]:mm:ss"
        case .averageDuration: "[h]:mm:ss.0"
        case .percent: "0.0%"
        case .oneDecimal: "0.0"
        case .changeInPercent: "+0.0%;\u{2212}0.0%;0.0%"
        case .changeInPoints: "+0.0;\u{2212}0.0;0.0"
        // Excel shows no negative times.
        case .changeInSeconds: "+0\" s\";\u{2212}0\" s\";0\" s\""
        }
    }
}

extension CellStyle.Look {
    fileprivate func apply(to format: UnsafeMutablePointer<lxw_format>) {
        switch self {
        case .body, .text: break
        case .heading, .headingOfTexts, .headingOfNumbers:
            format_set_bold(format)
            format_set_text_wrap(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_BOTTOM.rawValue))
            format_set_align(format, UInt8((self == .headingOfNumbers ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT).rawValue))
            if self == .headingOfTexts { format_set_indent(format, 1) }
            format_set_bg_color(format, 0xE8EDF3)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        case .total:
            format_set_bold(format)
            format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
        case .title:
            format_set_bold(format)
            format_set_font_size(format, 14)
        case .soft: format_set_font_color(format, 0x5D6B7E)
        case .bold:
            format_set_bold(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        case .wrapped, .softWrapped:
            if self == .softWrapped { format_set_font_color(format, 0x5D6B7E) }
            format_set_text_wrap(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        case .better: format_set_font_color(format, 0x1E7A52)
        case .worse: format_set_font_color(format, 0xB32E2E)
        }
    }
}
