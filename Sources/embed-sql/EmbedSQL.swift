@main
enum EmbedSQL {
    static func main() {}
}
