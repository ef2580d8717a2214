import ArgumentParser
package import Base

extension Language: ExpressibleByArgument {
    /// The language with a code, such as `de`.
    package init?(argument: String) { self.init(code: argument) }

    /// The codes, for messages and completions.
    package static var allValueStrings: [String] { all.map(\.code) }
}
