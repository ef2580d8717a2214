import Base
import Testing

@Suite struct TextEncodingTests {
    @Test(
        arguments: [
            (TextEncoding.utf8, [0x4D, 0xFC, 0x6C], "M\u{FFFD}l"), (.latin1, [0x4D, 0xFC, 0x6C], "Mül"),
            (.cp1251, [0xC8, 0xE2, 0xE0, 0xED], "Иван"), (.cp1251, [0xA8, 0xB8, 0xB9, 0x88, 0x98], "Ёё№€\u{FFFD}"),
            (.cp1251, [0xD0, 0x98], "И"), (.latin1, [0xD0, 0x98], "И"),
        ] as [(TextEncoding, [UInt8], String)]
    )
    func `UTF-8 stays UTF-8 in every encoding, and other bytes are decoded`(
        encoding: TextEncoding,
        bytes: [UInt8],
        text: String
    ) {
        #expect(encoding.text(of: bytes) == text)
    }

    @Test func `each byte of Windows-1251 has its own character`() {
        let scalars = (0...255).map { TextEncoding.cp1251.scalar(for: $0) }
        #expect(Set(scalars).count == 256)
    }
}
