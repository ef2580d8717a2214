public import Base

extension Message {
    /// The message as a JSON object: names as sent; a repeated name has an array of its values.
    public var json: JSON {
        var members: [(String, JSON)] = []
        var positions: [String: Int] = [:]
        for field in fields {
            let key = field.name.lowercased()
            if let position = positions[key] {
                if case .array(let values) = members[position].1 {
                    members[position].1 = .array(values + [.string(field.value)])
                } else {
                    members[position].1 = .array([members[position].1, .string(field.value)])
                }
            } else {
                positions[key] = members.count
                members.append((field.name, .string(field.value)))
            }
        }
        return .object(members)
    }
}
