/// A country calling code at the beginning of an international number.
///
/// (ITU-T, List of Recommendation E.164 assigned country codes, with the shared codes of satellites and networks.)
struct CountryCode {
    /// Its digits, 1 to 3.
    let length: Int

    /// `nil` if the digits do not begin with an assigned code. No code is a prefix of another.
    init?(beginning digits: UnsafeBufferPointer<UInt8>) {
        guard digits.count >= 3 else { return nil }
        let value = digits.prefix(3).reduce(0) { $0 * 10 + Int($1 &- UInt8(ascii: "0")) }
        switch value {
        case 100...199, 700...799: length = 1
        case 200...209, 270...279, 300...349, 360...369, 390...419, 430...499, 510...589, 600...669, 810...829,
            840...849,
            860...869, 900...959, 980...989:
            length = 2
        case 211...213, 216, 218, 220...258, 260...269, 290, 291, 297...299, 350...359, 370...383, 385...387, 389, 420,
            421, 423, 500...509, 590...599, 670, 672...683, 685...692, 800, 808, 850, 852, 853, 855, 856, 870, 878,
            880...883,
            886, 888, 960...968, 970...977, 979, 992...996, 998:
            length = 3
        default: return nil
        }
    }
}
