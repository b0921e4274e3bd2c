using Fleet.Rules;

namespace Fleet.Tests.Tidy;

public sealed class GlossaryTests
{
    private static readonly HashSet<string> PublicTypes =
    [
        .. typeof(TaskId).Assembly.GetExportedTypes().Select(type => type.Name.Split('`')[0]),
    ];

    [Fact]
    public void Every_word_is_defined_once_and_its_type_exists() =>
        House.Accepts(Glossary.CheckWords(SourceTree.File("docs/glossary.md"), PublicTypes));

    [Fact]
    public void A_word_whose_type_is_gone_is_found() =>
        House.Complains(
            Glossary.CheckWords(
                new("docs/glossary.md", "# Words\n\n- **Run** (`Run`): one attempt\n"),
                PublicTypesOf("Lease")
            ),
            "docs/glossary.md:3: Fleet.Rules has no public type Run: rename one of the two"
        );

    [Fact]
    public void A_word_that_stands_twice_or_unreadably_is_found() =>
        House.Complains(
            Glossary.CheckWords(
                new("docs/glossary.md", "- **Run**: one\n- **run**: two\n- Lease, a right"),
                PublicTypesOf()
            ),
            "docs/glossary.md:2: run stands twice: one word per thing",
            "docs/glossary.md:3: write a word as: - **Word** (`TypeName`): meaning"
        );

    [Fact]
    public void A_type_that_the_glossary_does_not_name_is_found() =>
        House.Complains(
            Glossary.CheckTypes(
                new(
                    "docs/glossary.md",
                    "- **Task**: a piece\n- **Run** (`Run`): one attempt\n- **Slot**: a permission"
                ),
                PublicTypesOf("FleetTask", "Run")
            ),
            "docs/glossary.md:1: Fleet.Rules has the type: write **Task** (`FleetTask`)"
        );

    private static HashSet<string> PublicTypesOf(params string[] names) => [.. names];
}
