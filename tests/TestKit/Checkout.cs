namespace KismetPS.TestKit;

/// <summary>The checkout that the tests run from: the folder with KismetPS.sln above the test assembly.</summary>
public static class Checkout
{
    /// <summary>Its path.</summary>
    public static string Root { get; } = Find();

    /// <summary>The path of something in it.</summary>
    public static string At(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "KismetPS.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("The tests run from inside a checkout; there is no KismetPS.sln above them.");
    }
}
