document.documentElement.classList.add("script");
gosyncio.view(document.getElementById("view")).update(JSON.parse(document.getElementById("shown").textContent), {});
window.addEventListener("beforeprint", () => { const table = document.getElementById("table"); if (table) table.open = true; });
