import Base
import Testing

@testable import Extract

/// Names in the encodings found in files, and the encodings in which they are read without configuration.
@Suite struct EncodingGuessTests {
    static let names: [(TextEncoding, String)] = [
        (.latin1, "Jörg Müller"), (.latin1, "Günther Größe"), (.latin1, "François Lefèvre"), (.latin1, "Chloé Bœuf"),
        (.latin1, "José Núñez"), (.latin1, "Iñaki Peña"), (.latin1, "João Conceição"), (.latin1, "Niccolò Pavanà"),
        (.cp1251, "Иванов"), (.cp1251, "Ольга Смирнова"), (.cp1251, "ООО Ромашка"), (.cp1251, "Шевченко Олексій"),
        (.cp1251, "Юлія Їжакевич"), (.cp1251, "Ян"), (.cp1250, "Łukasz Wałęsa"), (.cp1250, "Małgorzata Żak"),
        (.cp1250, "Dąbrowski Paweł"), (.cp1250, "Świątek"), (.cp1250, "Kovářová Božena"), (.cp1250, "Šťastný Jiří"),
        (.latin1, "Novotný"), (.latin1, "Jørgen Møller"), (.cp1254, "Kalaycı"),
        (.cp1250, "Kovács Győző"), (.latin1, "Maria Simões"),
        (.latin2, "Wiśniewski"), (.latin2, "Agnieszka Dąbrowska"), (.latin2, "Jaźwiński Paweł"),
        (.latin2, "Šimon Dvořák"),
        (.latin2, "Tomáš Novák"), (.latin2, "Božena Němcová"), (.latin2, "Jiří Šťastný"), (.koi8, "Иванов"),
        (.koi8, "Ольга Смирнова"), (.koi8, "ООО Ромашка"), (.koi8, "ИП Кузнецов А.В."), (.koi8, "Юлія Їжакевич"),
        (.koi8, "пётр"), (.koi8, "ШЕВЧЕНКО"), (.cp1251, "ШЕВЧЕНКО"), (.cp1251, "пётр"), (.cp1254, "Ayşe Yıldız"),
        (.cp1254, "Oğuz Çağlar"), (.cp1254, "İbrahim Şahin"),
    ]

    @Test(arguments: names.indices) func `the letters of one name show its encoding`(index: Int) {
        let (encoding, name) = Self.names[index]
        var mender = TextMender(encoding: nil)
        let read = Self.bytes(name, encoding).withUnsafeBufferPointer { bytes in
            mender.withMended(bytes) { String(decoding: $0, as: UTF8.self) }
        }
        #expect(read == name && mender.guessed == encoding)
    }

    @Test func `a configured encoding is used without a notice`() {
        var mender = TextMender(encoding: .cp1251)
        let read = Self.bytes("Müller", .latin1).withUnsafeBufferPointer { bytes in
            mender.withMended(bytes) { String(decoding: $0, as: UTF8.self) }
        }
        #expect(read == "Mьller" && mender.guessed == nil)
    }

    @Test func `UTF-8 is not touched`() {
        var mender = TextMender(encoding: nil)
        for name in ["Jörg", "Иванов", "Łukasz", "Anna"] {
            let read = Array(name.utf8).withUnsafeBufferPointer { bytes in
                mender.withMended(bytes) { String(decoding: $0, as: UTF8.self) }
            }
            #expect(read == name)
        }
        #expect(mender.mended == 0 && mender.guessed == nil)
    }

    static func bytes(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
        text.unicodeScalars.map { scalar in
            if scalar.isASCII { return UInt8(scalar.value) }
            return (0x80...0xFF).map { UInt8($0) }.first { encoding.scalar(for: $0) == scalar } ?? UInt8(ascii: "?")
        }
    }
}
