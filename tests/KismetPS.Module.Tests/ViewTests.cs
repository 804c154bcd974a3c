using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace KismetPS.Module.Tests;

/// <summary>Views and type data fit the types they are for.</summary>
public sealed class ViewTests(StagedModule module) : IClassFixture<StagedModule>
{
    private const int MostColumns = 120;

    private static readonly string[] s_numbers = ["Int16", "Int32", "Int64", "Double", "Single"];

    private static readonly XDocument s_format = StagedModule.Xml("KismetPS.Format.ps1xml");
    private static readonly XDocument s_types = StagedModule.Xml("KismetPS.Types.ps1xml");

    [Fact]
    public void Every_type_written_has_a_table_first_a_list_second_and_a_wide_view_third()
    {
        foreach (Type type in module.Cmdlets.SelectMany(c => c.Outputs).Select(o => o.Type).Distinct().Where(IsOurs))
        {
            XElement[] views = [.. s_format.Descendants("View").Where(v => v.Element("ViewSelectedBy")!.Elements("TypeName").Any(t => t.Value == type.FullName))];
            Assert.True(views.Length == 3, $"{type} has {views.Length} views.");
            Assert.NotNull(views[0].Element("TableControl"));
            Assert.NotNull(views[1].Element("ListControl"));
            Assert.NotNull(views[2].Element("WideControl"));
        }
    }

    // Statistics of a session, and what lists hold: people look at them with Format-List and on the screen as they do at what is written.
    [Fact]
    public void Every_statistic_and_every_type_in_a_list_has_views_of_its_own()
    {
        Type[] types = [.. module.Assemblies.SelectMany(a => a.GetTypes()).Where(t => t is { IsPublic: true, IsAbstract: false, IsInterface: false }
            && (t.Name.EndsWith("Statistic", StringComparison.Ordinal) && t.BaseType?.Name == "KismetStatistic")).Concat(
            module.Assemblies.SelectMany(a => a.GetTypes()).Where(t => t.IsPublic && t.Name.StartsWith("Kismet", StringComparison.Ordinal))
                .SelectMany(t => t.GetProperties()).Select(p => p.PropertyType).Where(t => t.IsGenericType && t.Name.StartsWith("DetailList", StringComparison.Ordinal))
                .Select(t => t.GetGenericArguments()[0]).Where(IsOurs)).Distinct()];
        Assert.True(types.Length > 8);
        Assert.All(types, t => Assert.Equal((t.FullName, 3), (t.FullName, s_format.Descendants("View").Count(v => v.Descendants("TypeName").Any(n => n.Value == t.FullName)))));
    }

    // An object of a derived type takes the view of its base.
    [Fact]
    public void Every_session_and_statistic_there_is_has_a_view()
    {
        string[] viewed = [.. s_format.Descendants("TypeName").Select(t => t.Value).Distinct()];
        Type[] types = [.. module.Assemblies.SelectMany(a => a.GetTypes()).Where(t => t is { IsPublic: true, IsAbstract: false } && Bases(t).Any(b => b.Name is "KismetSession" or "KismetStatistic"))];
        Assert.True(types.Length > 8);
        Assert.All(types, t => Assert.Contains(Bases(t), b => viewed.Contains(b.FullName)));

        static IEnumerable<Type> Bases(Type type)
        {
            for (Type? t = type; t is not null; t = t.BaseType)
            {
                yield return t;
            }
        }
    }

    [Fact]
    public void Every_property_shown_exists() => Assert.Empty(
        from view in s_format.Descendants("View")
        from type in view.Element("ViewSelectedBy")!.Elements("TypeName").Select(t => Find(t.Value))
        from property in Shown(view)
        where !IsBase(view, type, property) && !HasProperty(type, property)
        select $"{type.FullName}.{property}");

    [Fact]
    public void No_table_is_wider_than_the_screen()
    {
        foreach (XElement table in s_format.Descendants("TableControl"))
        {
            XElement[] headers = [.. table.Element("TableHeaders")!.Elements()];
            int width = headers.Sum(h => (int?)h.Element("Width") ?? 0) + headers.Length - 1;
            Assert.True(width <= MostColumns, $"{table.Parent!.Element("Name")!.Value}: {width}");
            // The last column takes what is left; it needs some room for that.
            Assert.True(headers[^1].Element("Width") is not null || width <= MostColumns - 8, $"{table.Parent!.Element("Name")!.Value}: {width}");
            Assert.All(headers.SkipLast(1), h => Assert.NotNull(h.Element("Width")));
            Assert.Equal(headers.Length, table.Descendants("TableColumnItem").Count());
        }
    }

    // PowerShell uses one column less than the terminal has, and gives the first column that does not fit what is left.
    [Theory]
    [InlineData(79)]
    [InlineData(80)]
    [InlineData(119)]
    public void A_narrow_screen_cuts_no_label_and_no_number(int screen)
    {
        foreach (XElement table in s_format.Descendants("TableControl"))
        {
            int used = 0;
            foreach (XElement header in table.Element("TableHeaders")!.Elements())
            {
                int width = (int?)header.Element("Width") ?? screen;
                int left = screen - used;
                if (left < width)
                {
                    bool fits = left <= 1 || (left >= header.Element("Label")!.Value.Length && header.Element("Alignment")?.Value != "Right");
                    Assert.True(fits, $"{table.Parent!.Element("Name")!.Value}.{header.Element("Label")!.Value}: {left} columns left of {screen}");
                    break;
                }

                used += width + 1;
            }
        }
    }

    [Fact]
    public void Numbers_are_aligned_right() => Assert.Empty(
        from view in s_format.Descendants("View")
        where view.Element("TableControl") is not null
        let type = Find(view.Element("ViewSelectedBy")!.Elements("TypeName").First().Value)
        from column in view.Descendants("TableColumnHeader").Zip(view.Descendants("TableColumnItem"))
        let property = column.Second.Element("PropertyName")?.Value
        let shown = property ?? Regex.Match(column.Second.Element("ScriptBlock")?.Value ?? string.Empty, @"^\$d = \$_\.(\w+);").Groups[1].Value
        where shown.Length > 0 && IsNumber(type, shown) && column.First.Element("Alignment")?.Value != "Right"
        select $"{type.FullName}.{shown}");

    [Fact]
    public void Type_data_names_types_and_properties_that_exist()
    {
        foreach (XElement entry in s_types.Descendants("Type"))
        {
            Type type = Find(Regex.Replace(entry.Element("Name")!.Value, @"^Deserialized\.", string.Empty));
            Assert.All(entry.Descendants("ReferencedProperties").Elements("Name"), p => Assert.True(HasProperty(type, p.Value) || type.IsAbstract || IsSession(type), $"{type}.{p.Value}"));
            Assert.All(entry.Elements("TypeConverter").Elements("TypeName"), t => Assert.NotNull(module.FindType(t.Value)));
            Assert.All(entry.Descendants("NoteProperty").Where(n => n.Element("Name")!.Value == "TargetTypeForDeserialization"), n => Assert.NotNull(module.FindType(n.Element("Value")!.Value)));
        }
    }

    [Fact]
    public void Every_type_with_a_view_has_its_default_and_key_properties()
    {
        foreach (string name in s_format.Descendants("TypeName").Select(t => t.Value).Distinct())
        {
            XElement? entry = s_types.Descendants("Type").SingleOrDefault(t => t.Element("Name")!.Value == name);
            Assert.True(entry is not null, name);
            Assert.Contains(entry.Descendants("PropertySet"), p => p.Element("Name")!.Value == "DefaultDisplayPropertySet");
            Assert.Contains(entry.Descendants("PropertySet"), p => p.Element("Name")!.Value == "DefaultKeyPropertySet");
        }
    }

    private static IEnumerable<string> Shown(XElement view) =>
    [
        .. view.Descendants("PropertyName").Select(p => p.Value),
        .. view.Descendants("ScriptBlock").SelectMany(s => Regex.Matches(s.Value, @"\$_\.(\w+)").Select(m => m.Groups[1].Value)),
    ];

    // A view for several types shows what some of them have.
    private bool IsBase(XElement view, Type type, string property) =>
        view.Element("ViewSelectedBy")!.Elements("TypeName").Count() > 1
        && IsSession(type)
        && view.Element("ViewSelectedBy")!.Elements("TypeName").Any(t => HasProperty(Find(t.Value), property));

    private static bool IsOurs(Type type) => type.Namespace?.StartsWith("KismetPS", StringComparison.Ordinal) == true && type.Name != "KismetJob";

    private static bool IsSession(Type type)
    {
        for (Type? t = type; t is not null; t = t.BaseType)
        {
            if (t.Name == "KismetSession")
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasProperty(Type type, string name) => type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.FlattenHierarchy) is not null;

    private static bool IsNumber(Type type, string name)
    {
        Type? property = type.GetProperty(name)?.PropertyType;
        if (property is { IsGenericType: true, Name: "Nullable`1" })
        {
            property = property.GetGenericArguments()[0];
        }

        return property is not null && s_numbers.Contains(property.Name);
    }

    private Type Find(string name) => module.FindType(name) ?? throw new Xunit.Sdk.XunitException($"There is no type {name}.");
}
