namespace Fleet.Daemon;

/// <summary>Tells two homes apart where both leave marks: in a person's repository and on its remote.</summary>
internal static class HomeId
{
    /// <summary>The id in the home, made on first use.</summary>
    public static string Of(FleetHome home)
    {
        var path = Path.Combine(home.Root, "id");
        if (!File.Exists(path))
        {
            Directory.CreateDirectory(home.Root);
            var made = Path.Combine(home.Root, $".id.{Guid.NewGuid():N}");
            File.WriteAllText(made, Guid.NewGuid().ToString("N")[..12]);
            try
            {
                File.Move(made, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(made);
            }
        }

        return File.ReadAllText(path).Trim();
    }
}
