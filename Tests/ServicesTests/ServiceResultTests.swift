import Base
import FoundationEssentials
import Services
import Testing

@Suite struct ServiceResultTests {
    private struct Answer: ServiceResult {
        var json: JSON { ["name": "queues", "rows": [1, .number(2.5), nil, true], "none": .number(.infinity)] }
    }

    @Test func `a result is encoded as its JSON by any encoder`() throws {
        struct Decoded: Decodable, Equatable {
            struct Row: Decodable, Equatable {
                var number: Double?
                var isTrue: Bool?

                init(number: Double? = nil, isTrue: Bool? = nil) { (self.number, self.isTrue) = (number, isTrue) }

                init(from decoder: any Decoder) throws {
                    let container = try decoder.singleValueContainer()
                    if container.decodeNil() { return }
                    if let value = try? container.decode(Bool.self) {
                        isTrue = value
                    } else {
                        number = try container.decode(Double.self)
                    }
                }
            }
            var name: String
            var rows: [Row]
            var none: Double?
        }
        let data = try JSONEncoder().encode(Answer())
        let decoded = try JSONDecoder().decode(Decoded.self, from: data)
        #expect(decoded.name == "queues" && decoded.none == nil)
        #expect(decoded.rows == [.init(number: 1), .init(number: 2.5), .init(), .init(isTrue: true)])
    }
}
